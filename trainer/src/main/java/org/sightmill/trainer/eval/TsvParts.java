package org.sightmill.trainer.eval;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Cuts a benchmark file into parts that stand on their own, so that executors can read them: a
 * quoted cell may hold line breaks, and a picture may be in another row. Streams; shared pictures
 * are held while the file is cut.
 */
public final class TsvParts {
  /** Opens the file for a pass over it. */
  public interface Source {
    /** From the start, each time. */
    InputStream open() throws IOException;
  }

  /** Opens parts for writing. */
  public interface Target {
    /** Part {@code number}, counted from 0. */
    OutputStream create(int number) throws IOException;
  }

  private TsvParts() {}

  /** Reads the pictures that rows share; one pass when there are none, else two. */
  public static SharedImages shared(Source source, String name) throws IOException {
    Set<String> references;
    try (TsvReader rows = TsvReader.open(source.open(), name)) {
      references = SharedImages.references(rows);
    }
    if (references.isEmpty()) {
      return SharedImages.none();
    }
    try (TsvReader rows = TsvReader.open(source.open(), name)) {
      return SharedImages.of(references, rows);
    }
  }

  /**
   * Cuts the file.
   *
   * @param wanted rows to keep
   * @param partRows rows of a part
   * @return how many parts there are
   */
  public static int cut(
      Source source, String name, Predicate<BenchmarkRow> wanted, int partRows, Target target)
      throws IOException {
    SharedImages shared = shared(source, name);
    try (TsvReader rows = TsvReader.open(source.open(), name)) {
      List<String> columns = rows.columns();
      int parts = 0;
      while (rows.hasNext()) {
        BenchmarkRow row = rows.next();
        if (wanted.test(row)) {
          writePart(columns, row, rows, new Cut(shared, wanted, partRows), target.create(parts++));
        }
      }
      return parts;
    }
  }

  /** What stays the same from part to part. */
  private record Cut(SharedImages shared, Predicate<BenchmarkRow> wanted, int partRows) {}

  private static void writePart(
      List<String> columns, BenchmarkRow first, TsvReader rows, Cut cut, OutputStream bytes)
      throws IOException {
    try (Writer out = new OutputStreamWriter(bytes, StandardCharsets.UTF_8)) {
      ResultFile.writeCells(out, columns);
      writeRow(out, columns, cut.shared().resolved(first));
      int written = 1;
      while (written < cut.partRows() && rows.hasNext()) {
        BenchmarkRow row = rows.next();
        if (cut.wanted().test(row)) {
          writeRow(out, columns, cut.shared().resolved(row));
          written++;
        }
      }
    }
  }

  private static void writeRow(Writer out, List<String> columns, BenchmarkRow row)
      throws IOException {
    ResultFile.writeCells(out, columns.stream().map(row::text).toList());
  }
}
