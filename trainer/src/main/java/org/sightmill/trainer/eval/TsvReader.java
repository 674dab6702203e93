package org.sightmill.trainer.eval;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * Tab-separated rows as pandas reads them: RFC 4180 quotes that may hold tabs, newlines and doubled
 * quotes, cells of any size, blank lines skipped, the words for missing values read as null.
 * Streams: holds one row at a time.
 */
public final class TsvReader implements Iterator<BenchmarkRow>, Closeable {
  /** What pandas takes for NaN by default. */
  private static final Set<String> MISSING =
      Set.of(
          "",
          "#N/A",
          "#N/A N/A",
          "#NA",
          "-1.#IND",
          "-1.#QNAN",
          "-NaN",
          "-nan",
          "1.#IND",
          "1.#QNAN",
          "<NA>",
          "N/A",
          "NA",
          "NULL",
          "NaN",
          "None",
          "n/a",
          "nan",
          "null");

  private static final int BUFFER_CHARS = 1 << 16;
  private static final int END = -1;
  private static final char MARK = '\uFEFF';

  private final Reader in;
  private final String name;
  private final char[] buffer = new char[BUFFER_CHARS];
  private final StringBuilder cell = new StringBuilder();
  private int length;
  private int at;
  private long line = 1;
  private List<String> header;
  private BenchmarkRow next;

  private TsvReader(Reader in, String name) {
    this.in = in;
    this.name = name;
  }

  /**
   * Opens a file's bytes, which are UTF-8.
   *
   * @param name of the file, for messages
   * @throws BenchmarkFormatException if the header is missing or has no {@code index}
   */
  public static TsvReader open(InputStream bytes, String name) {
    TsvReader reader =
        new TsvReader(
            new InputStreamReader(
                bytes,
                StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .onUnmappableCharacter(CodingErrorAction.REPORT)),
            name);
    reader.start();
    return reader;
  }

  private void start() {
    header = record();
    if (header == null) {
      throw new BenchmarkFormatException(name + " is empty: it needs a header line");
    }
    if (!header.contains("index")) {
      throw new BenchmarkFormatException(
          "%s has no column index; it has %s".formatted(name, String.join(", ", header)));
    }
    next = row();
  }

  /** The names of the columns, in order. */
  public List<String> columns() {
    return List.copyOf(header);
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  @Override
  public BenchmarkRow next() {
    if (next == null) {
      throw new NoSuchElementException(name + " has no more rows");
    }
    BenchmarkRow row = next;
    next = row();
    return row;
  }

  private BenchmarkRow row() {
    long first = line;
    List<String> fields = record();
    if (fields == null) {
      return null;
    }
    if (fields.size() > header.size()) {
      throw new BenchmarkFormatException(
          "%s, line %d: %d cells for %d columns"
              .formatted(name, first, fields.size(), header.size()));
    }
    Map<String, String> cells = new LinkedHashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String text = i < fields.size() ? fields.get(i) : "";
      cells.put(header.get(i), MISSING.contains(text) ? null : text);
    }
    if (cells.get("index") == null) {
      throw new BenchmarkFormatException("%s, line %d: no index".formatted(name, first));
    }
    return new BenchmarkRow(cells.get("index"), cells);
  }

  /** The cells of the next line that is not blank, or null at the end. */
  private List<String> record() {
    List<String> fields = new ArrayList<>();
    while (true) {
      boolean ended = field();
      boolean blank = ended && fields.isEmpty() && cell.chars().allMatch(c -> c == ' ');
      if (blank && peek() == END) {
        return null;
      }
      if (!blank) {
        fields.add(cell.toString());
        if (ended) {
          return fields;
        }
      }
    }
  }

  /** Reads one cell into {@link #cell}; whether it was the last of its line. */
  private boolean field() {
    cell.setLength(0);
    if (peek() == '"') {
      read();
      quoted();
    }
    while (true) {
      int c = read();
      switch (c) {
        case '\t' -> {
          return false;
        }
        case '\r' -> {
          if (peek() == '\n') {
            read();
          }
          line++;
          return true;
        }
        case '\n' -> {
          line++;
          return true;
        }
        case END -> {
          return true;
        }
        default -> cell.append((char) c);
      }
    }
  }

  /** The inside of quotes; what follows the closing one belongs to the cell too. */
  private void quoted() {
    long opened = line;
    while (true) {
      int c = read();
      if (c == END) {
        throw new BenchmarkFormatException(
            "%s: the quote opened in line %d is never closed".formatted(name, opened));
      }
      if (c == '"') {
        if (peek() != '"') {
          return;
        }
        read();
      }
      if (c == '\n') {
        line++;
      }
      cell.append((char) c);
    }
  }

  private int peek() {
    if (at == length && !fill()) {
      return END;
    }
    return buffer[at];
  }

  private int read() {
    int c = peek();
    at += c == END ? 0 : 1;
    return c;
  }

  private boolean fill() {
    try {
      boolean first = length == 0;
      length = Math.max(0, in.read(buffer));
      at = first && length > 0 && buffer[0] == MARK ? 1 : 0;
      return length > at;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "%s, line %d cannot be read as UTF-8: %s".formatted(name, line, e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    try {
      in.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close " + name, e);
    }
  }
}
