package org.sightmill.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.jobs.spark.SparkSessions;

/** The commands that ask a model, on the tiny one that setup makes. */
class ModelCommandsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path folder;
  private static Path model;
  private static Path picture;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void makeModelAndPicture() throws IOException {
    model = folder.resolve("tiny");
    StringWriter said = new StringWriter();
    PrintWriter writer = new PrintWriter(said, true);
    String[] setup = {"setup", "--tiny-model", model.toString(), "--seed", "5"};
    assertThat(Sightmill.run(writer, writer, setup)).as(said.toString()).isZero();
    picture = folder.resolve("red.png");
    BufferedImage image = new BufferedImage(60, 90, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(10, 10, 30, 50);
    graphics.dispose();
    ImageIO.write(image, "png", picture.toFile());
  }

  private int run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    return Sightmill.run(new PrintWriter(out, true), new PrintWriter(err, true), arguments);
  }

  private int generate(String... more) {
    List<String> arguments = new ArrayList<>();
    arguments.addAll(List.of("generate", "--model", model.toString(), "--question", "What?"));
    arguments.addAll(List.of("--max-tokens", "12"));
    arguments.addAll(List.of(more));
    return run(arguments.toArray(String[]::new));
  }

  @Test
  void answersAndSaysEverySettingInForce() {
    assertThat(generate("--image", picture.toString())).as(err.toString()).isZero();
    assertThat(out.toString()).isNotEmpty();
    assertThat(err.toString())
        .contains("device=cpu", "dtype=float32", "temperature=0.0", "top_k=0", "top_p=1.0")
        .contains("min_p=0.0", "repetition_penalty=1.0", "max_tokens=12", "seed=0", "samples=1")
        .contains("stop=[256, 258]", "stop_strings=[]", "pixels=3136..200704");
  }

  @Test
  void theSameSeedGivesTheSameSamplesAndAnotherGivesOthers() throws IOException {
    String[] sampled = {"--temperature", "1", "--samples", "3", "--seed", "4", "--json"};
    assertThat(generate(sampled)).as(err.toString()).isZero();
    String first = out.toString();
    assertThat(first.lines().distinct()).hasSize(3);
    generate(sampled);
    assertThat(out.toString()).isEqualTo(first);
    generate("--temperature", "1", "--samples", "1", "--seed", "6", "--json");
    assertThat(JSON.readTree(out.toString()).get("token_ids"))
        .isEqualTo(JSON.readTree(first.lines().toList().get(2)).get("token_ids"));
  }

  @Test
  void picturesAndInstructionsChangeTheAnswer() throws IOException {
    generate("--json");
    JsonNode plain = JSON.readTree(out.toString());
    generate("--json", "--image", picture.toString(), "--image", picture.toString());
    JsonNode pictured = JSON.readTree(out.toString());
    generate("--json", "--system", "Answer in one word.");
    JsonNode instructed = JSON.readTree(out.toString());
    assertThat(pictured.get("logprobs")).isNotEqualTo(plain.get("logprobs"));
    assertThat(instructed.get("logprobs")).isNotEqualTo(plain.get("logprobs"));
  }

  @Test
  void aStopTextEndsTheAnswerBeforeIt() throws IOException {
    generate("--json");
    String whole = JSON.readTree(out.toString()).get("text").asText();
    String stop = whole.substring(3, 5);
    generate("--json", "--stop", stop);
    JsonNode stopped = JSON.readTree(out.toString());
    assertThat(stopped.get("text").asText()).isEqualTo(whole.substring(0, whole.indexOf(stop)));
    assertThat(stopped.get("stopped_by").asText()).isEqualTo("STOP_STRING");
  }

  @Test
  void whatCannotBeAskedIsAUsageError() throws IOException {
    assertThat(generate("--temperature", "-1")).isEqualTo(2);
    assertThat(err.toString()).contains("temperature is -1.0, not in [0, inf)");
    assertThat(generate("--dtype", "float8")).isEqualTo(2);
    assertThat(err.toString()).contains("--dtype must be float32 or bfloat16 but was 'float8'");
    assertThat(generate("--device", "cuda:7")).isEqualTo(2);
    assertThat(err.toString()).contains("device cuda:7: the native library sees ");
    Path broken = Files.writeString(folder.resolve("broken.png"), "no picture");
    assertThat(generate("--image", broken.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("IMAGE_NOT_AN_IMAGE");
    assertThat(generate("--max-prompt-tokens", "10")).isEqualTo(2);
    assertThat(err.toString()).contains("PROMPT_TOO_LONG", "the limit is 10");
  }

  @Test
  void aModelThatDoesNotFitIsRefusedUnread() {
    assertThat(generate("--max-prompt-tokens", "2000000000")).isEqualTo(2);
    assertThat(err.toString()).contains("the run needs at least ", "cache ");
  }

  @Test
  void aFolderThatIsNoModelIsRefusedWithAllItsProblems() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    assertThat(run("score", "--model", empty.toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("has neither model.safetensors nor", "[config.json] can't be read")
        .doesNotContain("\tat ");
  }

  private String rows() throws IOException {
    List<String> lines =
        List.of(
            line("a", "\"prompt\":\"What is it?\",\"completion\":\"A box.\""),
            "nonsense",
            line("b", "\"prompt_ids\":[257,268,65],\"completion_ids\":[66,67,258]"),
            line("c", "\"prompt_ids\":[257,65],\"completion_ids\":[66]"),
            line("d", "\"prompt_ids\":[257,268,999],\"completion_ids\":[66]"),
            line("e", "\"prompt\":\"What is it?\",\"completion\":\"\""),
            "{\"id\":7,\"images\":[],\"prompt\":\"Hi\",\"completion\":\"Hello\"}");
    return Files.write(folder.resolve("rows.jsonl"), lines).toString();
  }

  private static String line(String id, String rest) {
    return "{\"id\":\"%s\",\"images\":[\"%s\"],%s}".formatted(id, picture, rest);
  }

  private List<JsonNode> score(String... more) throws IOException {
    List<String> arguments =
        new ArrayList<>(List.of("score", "--model", model.toString(), "--input", rows()));
    arguments.addAll(List.of(more));
    assertThat(run(arguments.toArray(String[]::new))).as(err.toString()).isZero();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : out.toString().lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  @Test
  void scoresALineForEachLineInOrder() throws IOException {
    List<JsonNode> lines = score();
    assertThat(lines).extracting(line -> line.get("id").asText()).startsWith("a", "null", "b");
    assertThat(lines.get(0).get("token_ids")).hasSize(6);
    assertThat(lines.get(2).get("token_ids").toString()).isEqualTo("[66,67,258]");
    assertThat(lines.get(6).get("id").isInt()).isTrue();
    for (int scored : new int[] {0, 2, 6}) {
      double sum = 0;
      for (JsonNode logProb : lines.get(scored).get("logprobs")) {
        assertThat(logProb.asDouble()).isNegative();
        sum += logProb.asDouble();
      }
      int tokens = lines.get(scored).get("token_ids").size();
      assertThat(lines.get(scored).get("logprobs")).hasSize(tokens);
      assertThat(lines.get(scored).get("perplexity").asDouble())
          .isCloseTo(Math.exp(-sum / tokens), within(1e-4));
    }
    assertThat(lines.get(1).get("reason").asText()).startsWith("NO_JSON: ");
    assertThat(lines.get(3).get("reason").asText()).startsWith("IMAGE_TOKENS_MISMATCH: ");
    assertThat(lines.get(4).get("reason").asText()).startsWith("TOKEN_OUT_OF_RANGE: id 999");
    assertThat(lines.get(5).get("reason").asText()).startsWith("EMPTY_COMPLETION: ");
    assertThat(err.toString())
        .contains(
            "7 lines: scored 3, EMPTY_COMPLETION 1, IMAGE_TOKENS_MISMATCH 1, NO_JSON 1, TOKEN_OUT_OF_RANGE 1");
  }

  @Test
  void aLineScoresTheSameWhateverStandsBesideIt() throws IOException {
    List<JsonNode> together = score("--batch", "8");
    List<JsonNode> alone = score("--batch", "1");
    for (int line = 0; line < together.size(); line++) {
      JsonNode expected = alone.get(line).get("logprobs");
      for (int i = 0; i < expected.size(); i++) {
        assertThat(together.get(line).get("logprobs").get(i).asDouble())
            .isCloseTo(expected.get(i).asDouble(), within(1e-5));
      }
    }
  }

  @Test
  void whatWasGeneratedScoresAsItWasSampled() throws IOException {
    generate("--json", "--image", picture.toString(), "--temperature", "1");
    JsonNode generated = JSON.readTree(out.toString());
    Path input = folder.resolve("generated.jsonl");
    String text = generated.get("text").asText();
    Files.writeString(
        input,
        JSON.writeValueAsString(
            JSON.createObjectNode()
                .put("prompt", "What?")
                .put("completion", text)
                .set("images", JSON.createArrayNode().add(picture.toString()))));
    run("score", "--model", model.toString(), "--input", input.toString());
    JsonNode scored = JSON.readTree(out.toString());
    JsonNode ids = generated.get("token_ids");
    // Random bytes are rarely text, so only the part that stayed text can be compared.
    for (int i = 0; i < ids.size() && ids.get(i).asInt() < 128; i++) {
      assertThat(scored.get("token_ids").get(i)).isEqualTo(ids.get(i));
      assertThat(scored.get("logprobs").get(i).asDouble())
          .isCloseTo(generated.get("logprobs").get(i).asDouble(), within(1e-4));
    }
  }

  @Test
  void scoresToParquetAndFromIt() throws IOException {
    List<JsonNode> lines = score();
    Path scores = folder.resolve("scores.parquet");
    score("--output", scores.toString());
    try (SparkSession spark =
        SparkSessions.open("read scores", Map.of("spark.master", "local[1]"))) {
      List<Row> rows = spark.read().parquet(scores.toString()).collectAsList();
      assertThat(rows).hasSize(lines.size());
      assertThat(rows.get(0).getDouble(3))
          .isCloseTo(lines.get(0).get("perplexity").asDouble(), within(1e-9));
      assertThat(rows.get(1).getString(4)).startsWith("NO_JSON");
      Path input = folder.resolve("input.parquet");
      spark
          .read()
          .json(rows())
          .filter("id is not null")
          .coalesce(1)
          .write()
          .parquet(input.toString());
      spark.stop();
      run("score", "--model", model.toString(), "--input", input.toString());
      assertThat(out.toString().lines().toList())
          .hasSize(6)
          .first()
          .satisfies(line -> assertThat(JSON.readTree(line)).isEqualTo(lines.get(0)));
    }
  }

  @Test
  void doctorSaysWhatFitsIntoEachDevice() {
    assertThat(run("doctor", "--model", model.toString())).as(out.toString()).isZero();
    assertThat(out.toString())
        .contains("native library", "PyTorch 2.7.1", "device", "cpu, ")
        .contains("generate on cpu", "train all on cpu", "train adapters on cpu", "fits")
        .contains("weights", "masters", "gradients", "moments", "cache", "activations");
    assertThat(run("doctor", "--model", model.toString(), "--tokens", "2000000000")).isEqualTo(2);
    assertThat(out.toString()).contains("BROKEN  plan", "does NOT fit into");
  }

  @Test
  void benchMeasuresDecodingAndTraining() throws IOException {
    String[] bench = {"bench", "--model", model.toString(), "--seconds", "0.01"};
    assertThat(run(bench)).as(err.toString()).isZero();
    JsonNode result = JSON.readTree(out.toString());
    assertThat(result.get("rates")).hasSize(4);
    assertThat(result.get("training")).hasSize(2);
    for (JsonNode rate : result.get("rates")) {
      assertThat(rate.get("tokens_per_second").asDouble()).isPositive();
    }
  }

  @Test
  void setupDoesNotOverwriteAModel() {
    assertThat(run("setup", "--tiny-model", model.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("holds a model already");
  }
}
