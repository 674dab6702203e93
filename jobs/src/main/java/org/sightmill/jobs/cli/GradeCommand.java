package org.sightmill.jobs.cli;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.sightmill.jobs.grade.GradeLine;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.check.InvalidConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers to verdicts. Starts no Spark. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Answers to verdicts: one JSON line out for each JSON line in, in the same order.",
      "In: id, gold, prediction, answer_type (math, digit, choice, box, open), choices, scope (answer,"
          + " completion). Out: id, verdict, reward, extracted, reason.",
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
    refuse(fault());
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
      if (isStandard(output)) {
        grade(in, console.out());
        requireWritten();
      } else {
        try (Writer out = writer(Files.newOutputStream(output))) {
          grade(in, out);
        }
      }
    } catch (NoSuchFileException e) {
      throw new InvalidConfigException(List.of("no such file or folder: " + e.getFile()));
    }
    console.err().println(summary());
    return ExitCode.DONE.code();
  }

  /** Whether this is standard input or output. */
  private static boolean isStandard(Path file) {
    return file == null || file.toString().equals("-");
  }

  private Optional<String> fault() throws IOException {
    for (Path file : new Path[] {input, output}) {
      if (!isStandard(file) && Files.isDirectory(file)) {
        return Optional.of("%s is a folder, not a file".formatted(file));
      }
    }
    boolean files = !isStandard(input) && !isStandard(output);
    return files && Files.exists(input) && Files.exists(output) && Files.isSameFile(input, output)
        ? Optional.of("the output %s is the input: it would be lost".formatted(output))
        : Optional.empty();
  }

  private static void refuse(Optional<String> fault) {
    if (fault.isPresent()) {
      throw new InvalidConfigException(List.of(fault.get()));
    }
  }

  private InputStream open() throws IOException {
    return isStandard(input) ? new KeptOpen(System.in) : Files.newInputStream(input);
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
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

  /** A print writer keeps its errors to itself: a closed pipe must not look like success. */
  private void requireWritten() throws IOException {
    if (console.out().checkError()) {
      throw new IOException(
          "standard output was closed: not all of %d lines written".formatted(lines));
    }
  }

  private String summary() {
    String verdicts =
        Arrays.stream(Verdict.values())
            .map(verdict -> "%s %d".formatted(verdict, counts.getOrDefault(verdict, 0L)))
            .collect(Collectors.joining(", "));
    return "%d lines: %s".formatted(lines, verdicts);
  }

  /** Standard input, which is not this command's to close. */
  private static final class KeptOpen extends FilterInputStream {
    KeptOpen(InputStream in) {
      super(in);
    }

    @Override
    public void close() {
      // Stays open.
    }
  }
}
