package org.sightmill.jobs.eval;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.trainer.eval.BenchmarkRow;
import org.sightmill.trainer.eval.ResultFile;
import org.sightmill.trainer.eval.SharedImages;
import org.sightmill.trainer.eval.TsvParts;
import org.sightmill.trainer.eval.TsvReader;

/**
 * A control: the benchmark's questions, each with the picture of the question half a file further
 * on. A model that answers as well as before does not look. Streams.
 */
public final class ShuffledPictures {
  /** Ends the names of such data sets. */
  static final String SUFFIX = "-shuffled";

  private final BenchmarkFile file;
  private final Configuration hadoop;

  private ShuffledPictures(BenchmarkFile file, Configuration hadoop) {
    this.file = file;
    this.hadoop = hadoop;
  }

  /** Writes the control into a folder and returns it, named like the file but for an ending. */
  public static BenchmarkFile of(BenchmarkFile file, String folder, Configuration hadoop) {
    String dataset = file.dataset() + SUFFIX;
    Path target = new Path(folder, dataset + ".tsv");
    try (Writer out =
        new OutputStreamWriter(
            target.getFileSystem(hadoop).create(target), StandardCharsets.UTF_8)) {
      new ShuffledPictures(file, hadoop).write(out);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + target, e);
    }
    return new BenchmarkFile(dataset, file.benchmark(), target.toString());
  }

  private void write(Writer out) throws IOException {
    SharedImages shared = TsvParts.shared(() -> file.open(hadoop), file.path());
    long rows = count();
    try (TsvReader questions = file.rows(hadoop)) {
      ResultFile.writeCells(out, questions.columns());
      TsvReader pictures = file.rows(hadoop);
      try {
        for (long skipped = 0; skipped < rows / 2; skipped++) {
          pictures.next();
        }
        while (questions.hasNext()) {
          if (!pictures.hasNext()) {
            pictures.close();
            pictures = file.rows(hadoop);
          }
          write(out, questions, shared.resolved(pictures.next()));
        }
      } finally {
        pictures.close();
      }
    }
  }

  private static void write(Writer out, TsvReader questions, BenchmarkRow other)
      throws IOException {
    BenchmarkRow row = questions.next();
    List<String> cells =
        questions.columns().stream()
            .map(column -> (column.equals(BenchmarkRow.IMAGE) ? other : row).text(column))
            .toList();
    ResultFile.writeCells(out, cells);
  }

  private long count() throws IOException {
    try (TsvReader reader = file.rows(hadoop)) {
      long rows = 0;
      for (; reader.hasNext(); reader.next()) {
        rows++;
      }
      return rows;
    }
  }
}
