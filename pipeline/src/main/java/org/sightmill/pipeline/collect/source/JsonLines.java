package org.sightmill.pipeline.collect.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.LongWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.InputSplit;
import org.apache.hadoop.mapreduce.Job;
import org.apache.hadoop.mapreduce.lib.input.FileInputFormat;
import org.apache.hadoop.mapreduce.lib.input.FileSplit;
import org.apache.hadoop.mapreduce.lib.input.TextInputFormat;
import org.apache.spark.api.java.JavaNewHadoopRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * JSON Lines as bytes, in splits: Spark's own text source decodes and so hides what is not UTF-8. A
 * first pass over files of several splits counts lines, so that every record knows its line
 * whatever the partitioning.
 */
final class JsonLines {
  private static final long MIN_SPLIT_BYTES = 64L << 10;
  private static final long MAX_SPLIT_BYTES = 32L << 20;
  private static final int SPLITS_PER_SLOT = 4;

  private JsonLines() {}

  static JavaRDD<Row> read(JavaSparkContext spark, Intake intake, List<FileStatus> files) {
    JavaNewHadoopRDD<LongWritable, Text> lines = open(spark, files);
    Map<String, Long> firstLines =
        lines.getNumPartitions() > files.size() ? count(lines) : Map.of();
    return lines.mapPartitionsWithInputSplit(
        (split, found) -> new LineRows(intake, (FileSplit) split, firstLines, found), true);
  }

  private static JavaNewHadoopRDD<LongWritable, Text> open(
      JavaSparkContext spark, List<FileStatus> files) {
    Configuration conf = new Configuration(spark.hadoopConfiguration());
    conf.set("textinputformat.record.delimiter", "\n");
    conf.setLong(FileInputFormat.SPLIT_MAXSIZE, splitBytes(spark, files));
    try {
      Job job = Job.getInstance(conf);
      FileInputFormat.setInputPaths(
          job, files.stream().map(file -> literal(file.getPath())).toArray(Path[]::new));
      return (JavaNewHadoopRDD<LongWritable, Text>)
          spark.newAPIHadoopRDD(
              job.getConfiguration(), TextInputFormat.class, LongWritable.class, Text.class);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot open " + files, e);
    }
  }

  /** A few splits for each slot, within bounds. */
  static long splitBytes(JavaSparkContext spark, List<FileStatus> files) {
    long bytes = files.stream().mapToLong(FileStatus::getLen).sum();
    long perSplit = bytes / ((long) spark.defaultParallelism() * SPLITS_PER_SLOT);
    return Math.min(MAX_SPLIT_BYTES, Math.max(MIN_SPLIT_BYTES, perSplit));
  }

  /** The input format globs its paths: characters that mean something there are escaped. */
  private static Path literal(Path path) {
    String text = path.toString().replaceAll("([\\[\\]{}*?,])", "\\\\$1");
    return text.equals(path.toString()) ? path : new Path(text);
  }

  private static Map<String, Long> count(JavaNewHadoopRDD<LongWritable, Text> lines) {
    List<Counted> counts =
        new ArrayList<>(
            lines
                .mapPartitionsWithInputSplit(
                    (split, found) -> Collections.singleton(counted(split, found)).iterator(), true)
                .collect());
    counts.sort(Comparator.comparing(Counted::file).thenComparing(Counted::start));
    Map<String, Long> firstLines = new HashMap<>();
    String file = null;
    long next = 1;
    for (Counted part : counts) {
      next = part.file().equals(file) ? next : 1;
      file = part.file();
      firstLines.put(key(part.file(), part.start()), next);
      next += part.lines();
    }
    return firstLines;
  }

  /** How many lines begin in one split. */
  record Counted(String file, long start, long lines) implements java.io.Serializable {}

  private static Counted counted(InputSplit split, Iterator<Tuple2<LongWritable, Text>> found) {
    FileSplit part = (FileSplit) split;
    long lines = 0;
    while (found.hasNext()) {
      found.next();
      lines++;
    }
    return new Counted(part.getPath().toString(), part.getStart(), lines);
  }

  private static String key(String file, long start) {
    return start + "@" + file;
  }

  /** The rows of one split. Blank lines count as lines and give no row. */
  private static final class LineRows implements Iterator<Row> {
    private final RecordRows rows;
    private final String file;
    private final Iterator<Tuple2<LongWritable, Text>> lines;
    private long number;
    private final Queue<Row> waiting = new ArrayDeque<>();

    LineRows(
        Intake intake,
        FileSplit split,
        Map<String, Long> firstLines,
        Iterator<Tuple2<LongWritable, Text>> lines) {
      this.file = split.getPath().toString();
      this.rows = new RecordRows(intake);
      this.lines = lines;
      this.number = firstLines.getOrDefault(key(file, split.getStart()), 1L) - 1;
    }

    @Override
    public boolean hasNext() {
      while (waiting.isEmpty() && lines.hasNext()) {
        Text line = lines.next()._2();
        number++;
        if (!isBlank(line)) {
          rows.json(line.getBytes(), line.getLength(), file, number, waiting::add);
        }
      }
      return !waiting.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException(file + " has no more lines");
      }
      return waiting.remove();
    }

    private static boolean isBlank(Text line) {
      for (int i = 0; i < line.getLength(); i++) {
        if (line.getBytes()[i] > ' ' || line.getBytes()[i] < 0) {
          return false;
        }
      }
      return true;
    }
  }
}
