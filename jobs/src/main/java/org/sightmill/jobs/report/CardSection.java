package org.sightmill.jobs.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.DataFile;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/** A few rows to look at: of the finished data set, and one for each reason that rows ended. */
final class CardSection {
  private static final int CARDS_OF_A_SOURCE = 4;
  private static final int MAX_CARDS = 18;

  /** Enough to meet every source and every reason, little enough for a second. */
  private static final int MAX_ROWS_OF_A_FILE = 4_000;

  private static final int MAX_ROWS_OF_A_STEP = 40_000;

  private static final List<String> COLUMNS =
      List.of(
          "sample_id",
          "source",
          "image_path",
          "question",
          "choices",
          "answer",
          "answer_type",
          "caption",
          "reasoning",
          "reasoning_raw",
          "response",
          "answer_raw",
          "verdict",
          "verdict_reason",
          "split");

  /** Folders whose rows are in no other one: aha and subsets by value repeat rows of these. */
  private static final Set<String> OWN_ROWS = Set.of("", "sft", "rl");

  private final RunLayout layout;
  private final Configuration hadoop;

  CardSection(RunLayout layout, Configuration hadoop) {
    this.layout = layout;
    this.hadoop = hadoop;
  }

  /** Rows of the last step, evenly over sources and parts of the output. */
  List<Map<String, Object>> samples(StepReport last) throws IOException {
    Map<String, Integer> taken = new HashMap<>();
    List<Map<String, Object>> cards = new ArrayList<>();
    for (DataFile file : last.files()) {
      if (OWN_ROWS.contains(part(file))) {
        take(new Path(layout.step(last.step()), file.path()), part(file), taken, cards);
      }
    }
    return cards.size() > MAX_CARDS ? cards.subList(0, MAX_CARDS) : cards;
  }

  private static String part(DataFile file) {
    int slash = file.path().indexOf('/');
    return slash < 0 ? "" : file.path().substring(0, slash);
  }

  private void take(
      Path file, String part, Map<String, Integer> taken, List<Map<String, Object>> cards)
      throws IOException {
    int[] seen = {0};
    new ParquetScan(hadoop, COLUMNS)
        .read(
            file,
            row -> {
              String kind = part + "/" + row.get("source") + "/" + row.get("answer_type");
              String source = part + "/" + row.get("source");
              boolean wanted =
                  taken.getOrDefault(source, 0) < CARDS_OF_A_SOURCE && !taken.containsKey(kind);
              if (wanted) {
                taken.merge(kind, 1, Integer::sum);
                taken.merge(source, 1, Integer::sum);
                cards.add(card(row));
              }
              return ++seen[0] < MAX_ROWS_OF_A_FILE;
            });
  }

  private Map<String, Object> card(Map<String, Object> row) {
    Map<String, Object> card = new LinkedHashMap<>(row);
    card.remove("image_path");
    card.put("reasoning", row.getOrDefault("reasoning", row.get("reasoning_raw")));
    card.put("response", row.getOrDefault("response", row.get("answer_raw")));
    Optional.ofNullable(row.get("image_path"))
        .flatMap(path -> Thumbnail.of(new Path(layout.folder(), path.toString()), hadoop))
        .ifPresent(uri -> card.put("image", uri));
    return card;
  }

  /** One row for each reason, with what was known of it when it ended. */
  List<Map<String, Object>> rejects(RunSummary summary) throws IOException {
    List<Map<String, Object>> cards = new ArrayList<>();
    for (StepReport step : summary.steps()) {
      Optional<StepReport> input = step.step().previous().flatMap(summary::step);
      if (input.isPresent()) {
        cards.addAll(rejects(step.step(), input.get()));
      }
    }
    return cards;
  }

  private List<Map<String, Object>> rejects(StepName step, StepReport input) throws IOException {
    Map<String, Map<String, Object>> byId = rejected(step);
    Map<String, Map<String, Object>> byCode = new LinkedHashMap<>();
    long codes = byId.values().stream().map(reject -> reject.get("code")).distinct().count();
    int[] seen = {0};
    for (DataFile file : codes == 0 ? List.<DataFile>of() : input.files()) {
      new ParquetScan(hadoop, COLUMNS)
          .read(
              new Path(layout.step(input.step()), file.path()),
              row -> {
                Map<String, Object> reject = byId.get(String.valueOf(row.get("sample_id")));
                if (reject != null && !byCode.containsKey(reject.get("code").toString())) {
                  Map<String, Object> card = card(row);
                  card.put("reason_code", reject.get("code"));
                  card.put("detail", reject.getOrDefault("detail", ""));
                  byCode.put(reject.get("code").toString(), card);
                }
                return byCode.size() < codes && ++seen[0] < MAX_ROWS_OF_A_STEP;
              });
    }
    return List.copyOf(byCode.values());
  }

  private Map<String, Map<String, Object>> rejected(StepName step) throws IOException {
    Map<String, Map<String, Object>> byId = new LinkedHashMap<>();
    Path folder = layout.rejected(step);
    FileSystem files = folder.getFileSystem(hadoop);
    for (FileStatus file : files.exists(folder) ? files.listStatus(folder) : new FileStatus[0]) {
      if (file.getPath().getName().endsWith(".parquet")) {
        int[] seen = {0};
        new ParquetScan(hadoop, List.of("sample_id", "code", "detail"))
            .read(
                file.getPath(),
                row -> {
                  byId.put(String.valueOf(row.get("sample_id")), row);
                  return ++seen[0] < MAX_ROWS_OF_A_FILE;
                });
      }
    }
    return byId;
  }
}
