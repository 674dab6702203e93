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
import java.util.List;
import java.util.concurrent.Callable;
import org.sightmill.jobs.grade.GradeLine;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.check.InvalidConfigException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Answers to verdicts. Starts no Spark. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "Answers to verdicts: one JSON line out for each JSON line in, in the same order.",
      "In: id, gold, prediction, answer_type (math, digit, choice, box, open), choices, scope (answer,"
          + " completion). Out: id, verdict, reward, extracted, reason."
    })
final class GradeCommand implements Callable<Integer> {
  private final Console console;

  @Option(names = "--input", paramLabel = "FILE", description = "JSON Lines (standard input)")
  private Path input;

  @Option(names = "--output", paramLabel = "FILE", description = "JSON Lines (standard output)")
  private Path output;

  GradeCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
      if (output == null) {
        grade(in, console.out());
        console.out().flush();
      } else {
        try (Writer out = writer(Files.newOutputStream(output))) {
          grade(in, out);
        }
      }
    } catch (NoSuchFileException e) {
      throw new InvalidConfigException(List.of("no such file or folder: " + e.getFile()));
    }
    return ExitCode.DONE.code();
  }

  private InputStream open() throws IOException {
    return input == null ? new KeptOpen(System.in) : Files.newInputStream(input);
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  private static void grade(BufferedReader in, Writer out) throws IOException {
    GradeLine grader = new GradeLine(Grader.standard());
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.write(grader.grade(line) + "\n");
    }
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
