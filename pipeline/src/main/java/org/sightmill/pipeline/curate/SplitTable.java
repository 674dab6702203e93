package org.sightmill.pipeline.curate;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.StepReport;

/**
 * The counts of a run as the paper's Table 1 prints them: per source its kind of answers, the rows
 * collected, those that passed verification, and the SFT and RL rows.
 */
public final class SplitTable {
  private static final List<String> HEADER =
      List.of("source", "kind", "original", "after pipeline", "SFT", "RL");

  private SplitTable() {}

  /** The table as text, one line a source and a total; ends with a line break. */
  public static String text(StepReport collect, StepReport verify, StepReport curate) {
    SortedSet<String> sources = new TreeSet<>(collect.bySource().keySet());
    sources.addAll(verify.bySource().keySet());
    List<List<String>> lines = new ArrayList<>();
    lines.add(HEADER);
    for (String source : sources) {
      lines.add(
          List.of(
              source,
              kind(curate, source),
              number(original(collect.bySource().getOrDefault(source, Counts.NONE))),
              number(verify.bySource().getOrDefault(source, Counts.NONE).out()),
              number(rows(curate, Split.SFT.label(), source)),
              number(rows(curate, Split.RL.label(), source))));
    }
    lines.add(total(collect, verify, curate));
    return aligned(lines);
  }

  private static List<String> total(StepReport collect, StepReport verify, StepReport curate) {
    return List.of(
        "total",
        "",
        number(original(collect.counts())),
        number(verify.counts().out()),
        number(curate.subsets().getOrDefault(Split.SFT.label(), 0L)),
        number(curate.subsets().getOrDefault(Split.RL.label(), 0L)));
  }

  private static long original(Counts counts) {
    return counts.read() + counts.expanded();
  }

  /** Of the rows that reached the split; "-" when none did. */
  private static String kind(StepReport curate, String source) {
    boolean open = rows(curate, SplitCounts.OPEN, source) > 0;
    boolean closed = rows(curate, SplitCounts.CLOSED, source) > 0;
    if (open && closed) {
      return "mixed";
    }
    return open ? SplitCounts.OPEN : closed ? SplitCounts.CLOSED : "-";
  }

  private static long rows(StepReport curate, String subset, String source) {
    return curate.measures().getOrDefault(SplitCounts.measure(subset, source), 0.0).longValue();
  }

  private static String number(long rows) {
    return String.format(java.util.Locale.ROOT, "%,d", rows);
  }

  private static String aligned(List<List<String>> lines) {
    int[] widths = new int[HEADER.size()];
    lines.forEach(
        line -> {
          for (int i = 0; i < widths.length; i++) {
            widths[i] = Math.max(widths[i], line.get(i).length());
          }
        });
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(aligned(line, widths)).append('\n'));
    return text.toString();
  }

  /** Words to the left, numbers to the right. */
  private static String aligned(List<String> line, int[] widths) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String format = (i < 2 ? "%-" : "%") + widths[i] + "s";
      cells.add(format.formatted(line.get(i)));
    }
    return String.join("  ", cells).stripTrailing();
  }
}
