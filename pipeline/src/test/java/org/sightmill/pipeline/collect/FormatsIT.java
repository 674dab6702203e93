package org.sightmill.pipeline.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.TestSpark;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.step.ContentDigest;
import org.sightmill.pipeline.step.Counts;
import org.sightmill.pipeline.step.StepReport;

/** Forms of input beside plain JSON Lines, each a source of one run. */
final class FormatsIT {
  private static final String LINE =
      "{\"id\": \"%s\", \"image\": \"p.png\", \"question\": \"How many?\", \"answer\": %d}\n";
  private static final String PARALLELISM = "spark.default.parallelism";

  @TempDir Path root;
  private final SparkSession spark = TestSpark.session();

  @Test
  void readsEachFormAndStopsAtTheLimit() throws IOException {
    Files.write(root.resolve("p.png"), TestPictures.png(12, 8));
    Files.writeString(
        root.resolve("a.csv"),
        "id,image,question,answer\r\n1,p.png,\"Left, or \"\"right\"\"?\",left\r\n2,p.png,Up?,\r\n");
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(root.resolve("b.jsonl.gz")))) {
      out.write((LINE.formatted("1", 4) + LINE.formatted("2", 5)).getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(
        root.resolve("c.json"),
        """
        {
          "first": {"image": "p.png", "question": "How many?", "answer": "1"},
          "second": {"image": "p.png", "question": "How many?", "answer": "2"}
        }
        """);
    Files.writeString(
        root.resolve("f.json"),
        "{\"7\": {\"image\": \"p.png\", \"question\": \"How many?\", \"answer\": \"8\"},"
            + " \"x\": {\"id\": \"own\", \"image\": \"p.png\", \"question\": \"How many?\","
            + " \"answer\": \"9\"}}");
    Files.writeString(root.resolve("g.json"), LINE.formatted("1", 1) + LINE.formatted("2", 2));
    Files.writeString(root.resolve("h.json"), LINE.formatted("1", 1));
    writeHubParquet(root.resolve("d.parquet"));
    Files.writeString(
        root.resolve("e.jsonl"),
        LINE.formatted("1", 1) + "\n" + LINE.formatted("2", 2) + LINE.formatted("3", 3));

    CollectRun run =
        CollectRun.of(
            root.resolve("out"),
            source("csv", "a.csv", Map.of(), null),
            source("gz", "b.jsonl.gz", Map.of(), null),
            source("object", "c.json", Map.of(), null),
            source("line", "f.json", Map.of(), null),
            source("lines", "g.json", Map.of(), null),
            source("single", "h.json", Map.of(), null),
            source("hub", "d.parquet", Map.of("answer", "$.label"), null),
            source("limited", "e.jsonl", Map.of(), 2L));
    StepReport report = run.run();

    Map<String, Row> rows = run.byId();
    assertThat(rows)
        .containsOnlyKeys(
            "csv-1",
            "gz-1",
            "gz-2",
            "object-first",
            "object-second",
            "line-7",
            "line-own",
            "lines-1",
            "lines-2",
            "single-1",
            "hub-r0",
            "hub-r1",
            "limited-1",
            "limited-2");
    assertThat(run.reasons()).containsOnlyKeys("csv-2");
    assertThat(run.reasons().get("csv-2")).startsWith("ANSWER_EMPTY: a.csv:3: ");
    assertThat(rows.get("csv-1").<String>getAs("question")).isEqualTo("Left, or \"right\"?");
    assertThat(rows.get("gz-2").<String>getAs("answer")).isEqualTo("5");
    assertThat(rows.get("object-second").<String>getAs("answer")).isEqualTo("2");
    assertThat(rows.get("line-7").<String>getAs("answer")).isEqualTo("8");
    assertThat(rows.get("hub-r0").<String>getAs("answer")).isEqualTo("heron");
    assertThat(rows.get("hub-r1").<String>getAs("answer")).isEqualTo("crane");
    assertThat(report.bySource()).containsEntry("limited", new Counts(2, 0, 2, 0, 0));
  }

  @Test
  void partitionsDecideNothing() throws IOException {
    Files.write(root.resolve("p.png"), TestPictures.png(12, 8));
    StringBuilder lines = new StringBuilder();
    // Few rows, and long ones, so that there are several splits.
    String padding = "\"pad\": \"" + "x".repeat(700) + "\"}\n";
    for (int i = 0; i < 300; i++) {
      // Every tenth id comes twice: with another answer, or as the same record again.
      int id = i % 10 == 9 ? i - 1 : i;
      String line = LINE.formatted("n" + id, i % 20 == 19 ? (i - 1) % 7 : i % 7);
      lines.append(line.replace("}\n", ", " + padding));
    }
    Files.writeString(root.resolve("many.jsonl"), lines);
    SourceConfig many = source("many", "many.jsonl", Map.of(), null);
    CollectRun few = CollectRun.of(root.resolve("few"), many);
    CollectRun more = CollectRun.of(root.resolve("more"), many);

    StepReport report = few.run();
    spark.sparkContext().conf().set(PARALLELISM, "7");
    try {
      assertThat(more.run().reasons()).isEqualTo(report.reasons());
    } finally {
      spark.sparkContext().conf().remove(PARALLELISM);
    }

    assertThat(report.counts().rejected()).isBetween(1L, 29L);
    assertThat(more.rows().inputFiles()).hasSizeGreaterThan(few.rows().inputFiles().length);
    assertThat(ContentDigest.of(more.rows())).isEqualTo(ContentDigest.of(few.rows()));
  }

  private SourceConfig source(String name, String file, Map<String, String> map, Long limit) {
    return new SourceConfig(
        name,
        null,
        root.resolve(file).toString(),
        root.toString(),
        null,
        new TreeMap<>(map),
        null,
        null,
        null,
        null,
        limit,
        new TreeMap<>());
  }

  /** Class numbers, whose names stand in the footer as Hugging Face {@code datasets} writes it. */
  private static void writeHubParquet(Path file) throws IOException {
    MessageType schema =
        MessageTypeParser.parseMessageType(
            "message m { optional binary id (UTF8); optional binary image (UTF8);"
                + " optional binary question (UTF8); optional int64 label; }");
    String footer =
        "{\"info\": {\"features\": {\"label\": {\"names\": [\"crane\", \"heron\"],"
            + " \"_type\": \"ClassLabel\"}, \"id\": {\"dtype\": \"string\", \"_type\": \"Value\"}}}}";
    try (ParquetWriter<Group> writer =
        ExampleParquetWriter.builder(new org.apache.parquet.io.LocalOutputFile(file))
            .withType(schema)
            .withExtraMetaData(Map.of("huggingface", footer))
            .build()) {
      for (int i = 0; i < 2; i++) {
        writer.write(
            new SimpleGroupFactory(schema)
                .newGroup()
                .append("id", "r" + i)
                .append("image", "p.png")
                .append("question", "Which bird?")
                .append("label", 1L - i));
      }
    }
  }
}
