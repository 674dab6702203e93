package org.sightmill.jobs.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sightmill.jobs.grade.GradeLine;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Verdict;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers to verdicts. Starts no Spark. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Answers to verdicts: one JSON line out for each JSON line in, in the same order.",
      "In: id, gold, prediction, answer_type (math, digit, choice, box, open), choices, scope"
          + " (answer, completion). Out: id, verdict, reward, extracted, reason.",
      "A line that cannot be read is UNPARSED with the reason; the counts go to standard error."
    })
final class GradeCommand implements Callable<Integer> {
  private final Console console;
  private final Map<Verdict, Long> counts = new EnumMap<>(Verdict.class);
  private long lines;

  @Option(
      names = "--input",
      paramLabel = "FILE",
      description = "JSON Lines (- or none: standard input)")
  private Path input;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "JSON Lines (- or none: standard output)")
  private Path output;

  GradeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    new JsonLines(console, input, output).run(this::grade);
    console.err().println(summary());
    return ExitCode.DONE.code();
  }

  private void grade(BufferedReader in, Writer out) throws IOException {
    GradeLine grader = new GradeLine(Grader.standard());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      lines++;
      GradeLine.Graded graded = grader.grade(line, lines);
      counts.merge(graded.verdict(), 1L, Long::sum);
      out.write(graded.json() + "\n");
      if (!in.ready()) {
        // Whoever feeds the lines one by one waits for this one's verdict.
        out.flush();
      }
    }
  }

  private String summary() {
    String verdicts =
        Arrays.stream(Verdict.values())
            .map(verdict -> "%s %d".formatted(verdict, counts.getOrDefault(verdict, 0L)))
            .collect(Collectors.joining(", "));
    return "%d lines: %s".formatted(lines, verdicts);
  }
}
