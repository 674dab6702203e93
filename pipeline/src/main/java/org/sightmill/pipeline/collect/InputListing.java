package org.sightmill.pipeline.collect;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.collect.image.ImageStore;
import org.sightmill.pipeline.collect.source.InputFiles;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.collect.source.SourceReader;

/** What the inputs look like now: their files' paths, sizes and times, as one hash each. */
final class InputListing {
  private final SparkSession spark;
  private final SourceReaders readers;
  private final List<String> problems = new ArrayList<>();

  InputListing(SparkSession spark, SourceReaders readers) {
    this.spark = spark;
    this.readers = readers;
  }

  /** One leaf for each input: {@code <files>, <bytes>, <hash>}. */
  ObjectNode of(List<SourceConfig> sources) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (SourceConfig source : sources) {
      ObjectNode inputs = all.putObject(source.name());
      SourceReader reader = readers.of(source);
      inputs.put("reader_version", reader.version());
      int before = problems.size();
      reader.inputs(source).forEach(input -> inputs.put(input, described(source, input)));
      if (problems.size() == before) {
        look(source, reader);
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return all;
  }

  /** What a reader misses in a folder that is there. */
  private void look(SourceConfig source, SourceReader reader) {
    try {
      reader
          .inputProblems(source, spark.sparkContext().hadoopConfiguration())
          .forEach(problem -> problems.add("sources.%s.%s".formatted(source.name(), problem)));
    } catch (IOException e) {
      problems.add("sources.%s.path: %s".formatted(source.name(), e.getMessage()));
    }
  }

  private String described(SourceConfig source, String input) {
    try {
      return summary(InputFiles.list(input, spark.sparkContext().hadoopConfiguration()));
    } catch (IOException | IllegalArgumentException e) {
      // Hadoop's Path throws the second for text that is no path.
      String key = input.equals(source.images()) ? "images" : "path";
      problems.add("sources.%s.%s: %s".formatted(source.name(), key, e.getMessage()));
      return "";
    }
  }

  private static String summary(List<FileStatus> files) {
    StringBuilder listing = new StringBuilder();
    long bytes = 0;
    for (FileStatus file : files) {
      bytes += file.getLen();
      listing
          .append(file.getPath())
          .append('\t')
          .append(file.getLen())
          .append('\t')
          .append(file.getModificationTime())
          .append('\n');
    }
    String hash = ImageStore.sha256(listing.toString().getBytes(StandardCharsets.UTF_8));
    return "%d files, %d bytes, %s".formatted(files.size(), bytes, hash.substring(0, 16));
  }
}
