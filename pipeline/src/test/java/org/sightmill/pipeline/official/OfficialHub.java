package org.sightmill.pipeline.official;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The sources that have a second distribution, as Hugging Face hosts it: Parquet with pictures as
 * structs of bytes and path, several configurations in one folder, and the known dirt. Pictures are
 * drawn: {@code drawn} names one whose struct has no path.
 */
public final class OfficialHub {
  private static final Path TEXTS = Path.of("../pipeline/src/test/resources/official-hub");
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String IMAGE = "image struct<bytes:binary,path:string>";
  private static final String ONE_VISION =
      "id string, "
          + IMAGE
          + ", conversations array<struct<`from`:string,value:string>>, data_source string";
  private static final String DOCVQA =
      "questionId string, question string, question_types array<string>, "
          + IMAGE
          + ", docId bigint, ucsf_document_id string, ucsf_document_page_no string,"
          + " answers array<string>, data_split string";
  private static final String SNAKE =
      "question_id bigint, question string, "
          + IMAGE
          + ", doc_id bigint, answers array<string>, data_split string";

  private final SparkSession spark;
  private final Path folder;

  private OfficialHub(SparkSession spark, Path folder) {
    this.spark = spark;
    this.folder = folder;
  }

  /** Writes {@code onevision}, {@code docvqa} and {@code docvqa-snake} into a folder. */
  public static Path layOut(SparkSession spark, Path folder) throws IOException {
    OfficialHub hub = new OfficialHub(spark, folder);
    String clevr = "onevision/CLEVR-Math(MathV360K)/train-0000%d-of-00002.parquet";
    hub.write("clevr-math-0", ONE_VISION, clevr.formatted(0));
    hub.write("clevr-math-1", ONE_VISION, clevr.formatted(1));
    hub.write("geo170k-qa", ONE_VISION, "onevision/geo170k(qa)/train-00000-of-00001.parquet");
    hub.write("geo170k-align", ONE_VISION, "onevision/geo170k(align)/train-00000-of-00001.parquet");
    hub.write("docvqa", DOCVQA, "docvqa/DocVQA/validation-00000-of-00001.parquet");
    hub.write("infographicvqa", DOCVQA, "docvqa/InfographicVQA/validation-00000-of-00001.parquet");
    hub.write("docvqa-snake", SNAKE, "docvqa-snake/train-00000-of-00001.parquet");
    return folder;
  }

  private void write(String texts, String schema, String place) throws IOException {
    List<String> rows = new ArrayList<>();
    for (String line : Files.readAllLines(TEXTS.resolve(texts + ".jsonl"))) {
      rows.add(drawn((ObjectNode) MAPPER.readTree(line)));
    }
    Path written = folder.resolve("written-" + texts);
    spark
        .read()
        .schema(StructType.fromDDL(schema))
        .json(spark.createDataset(rows, Encoders.STRING()).coalesce(1))
        .write()
        .parquet(written.toString());
    Path target = folder.resolve(place);
    Files.createDirectories(target.getParent());
    try (Stream<Path> files = Files.list(written)) {
      Path part =
          files.filter(file -> file.toString().endsWith(".parquet")).findFirst().orElseThrow();
      Files.move(part, target);
    }
  }

  /** The row with its picture's bytes, unless it brings bytes of its own or has no picture. */
  private static String drawn(ObjectNode row) throws IOException {
    if (row.path("image") instanceof ObjectNode image && !image.has("bytes")) {
      String name = image.path("drawn").asText(image.path("path").asText());
      image.put("bytes", OfficialTree.picture(name, name.hashCode()));
      image.remove("drawn");
    }
    return row.toString();
  }
}
