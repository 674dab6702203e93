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
import java.util.Optional;
import org.sightmill.pipeline.check.InvalidConfigException;

/**
 * Lines from a file or standard input to a file or standard output.
 *
 * @param input null or {@code -}: standard input
 * @param output null or {@code -}: standard output
 */
record JsonLines(Console console, Path input, Path output) {

  /** What is done with the lines. */
  interface Work {
    void run(BufferedReader in, Writer out) throws IOException;
  }

  /** Does the work, unless a name is not to be used. */
  void run(Work work) throws IOException {
    requireFiles();
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(open(), StandardCharsets.UTF_8))) {
      if (isStandard(output)) {
        work.run(in, console.out());
        requireWritten();
      } else {
        try (Writer out = writer(Files.newOutputStream(output))) {
          work.run(in, out);
        }
      }
    } catch (NoSuchFileException e) {
      throw new InvalidConfigException(List.of("no such file or folder: " + e.getFile()));
    }
  }

  /**
   * Refuses names that can't be read and written.
   *
   * @throws InvalidConfigException saying why
   */
  void requireFiles() throws IOException {
    Optional<String> fault = fault();
    if (fault.isPresent()) {
      throw new InvalidConfigException(List.of(fault.get()));
    }
  }

  private Optional<String> fault() throws IOException {
    for (Path file : new Path[] {input, output}) {
      if (!isStandard(file) && Files.isDirectory(file)) {
        return Optional.of("%s is a folder, not a file".formatted(file));
      }
    }
    if (!isStandard(input) && !Files.exists(input)) {
      return Optional.of("no such file or folder: " + input);
    }
    boolean files = !isStandard(input) && !isStandard(output);
    return files && Files.exists(output) && Files.isSameFile(input, output)
        ? Optional.of("the output %s is the input: it would be lost".formatted(output))
        : Optional.empty();
  }

  /** Whether this is standard input or output. */
  private static boolean isStandard(Path file) {
    return file == null || file.toString().equals("-");
  }

  private InputStream open() throws IOException {
    return isStandard(input) ? new KeptOpen(System.in) : Files.newInputStream(input);
  }

  private static Writer writer(OutputStream out) {
    return new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
  }

  /** A print writer keeps its errors to itself: a closed pipe must not look like success. */
  private void requireWritten() throws IOException {
    if (console.out().checkError()) {
      throw new IOException("standard output was closed: not all lines written");
    }
  }

  /** Standard input, which is not a command's to close. */
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
