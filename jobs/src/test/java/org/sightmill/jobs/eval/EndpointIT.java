package org.sightmill.jobs.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.jobs.spark.LocalSpark;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Call;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.faultserver.Weather;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.trainer.eval.AnswerJudge;
import org.sightmill.trainer.eval.BenchmarkResult;
import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.Preset;
import org.sightmill.trainer.eval.PromptStyle;

/** Benchmarks through a server, and a judge behind one. */
class EndpointIT {
  private static final int ROWS = 70;
  private static final int SIDE_PIXELS = 600;
  private static final double ANSWER_MILLIS = 50;

  @RegisterExtension static final LocalSpark SPARK = new LocalSpark();

  /** What the server was asked, by question. */
  private final Map<String, JsonNode> requests = new ConcurrentHashMap<>();

  @TempDir private Path folder;

  /** Item i asks "Which number, i?" about a picture of its own; 5 has none, 6 shares 0's. */
  private BenchmarkFile file() throws IOException {
    return file(ROWS);
  }

  private BenchmarkFile file(int rows) throws IOException {
    StringBuilder text = new StringBuilder("index\timage\tquestion\tanswer\n");
    for (int i = 0; i < rows; i++) {
      String image = i == 5 ? "" : i == 6 ? "0" : picture(i);
      image = i == 7 ? "\"['%s', '%s']\"".formatted(picture(100), picture(101)) : image;
      text.append("%d\t%s\tWhich number, %d?\t%d\n".formatted(i, image, i, i));
    }
    Path file = folder.resolve("items.tsv");
    Files.writeString(file, text);
    return BenchmarkFile.parse("mine:generic=" + file, new ArrayList<>()).orElseThrow();
  }

  /** Larger than the paper's preset allows. */
  private static String picture(int shade) throws IOException {
    BufferedImage image =
        new BufferedImage(SIDE_PIXELS, SIDE_PIXELS, BufferedImage.TYPE_BYTE_INDEXED);
    image.setRGB(shade % SIDE_PIXELS, shade / SIDE_PIXELS, 0xffffff);
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    ImageIO.write(image, "png", png);
    return Base64.getEncoder().encodeToString(png.toByteArray());
  }

  /** Answers with the number that is asked for: 10 wrongly, 11 cut, 12 with thinking apart. */
  private Action answer(Call call) {
    JsonNode request = Chat.request(call);
    String question = Chat.userText(call);
    requests.put(question, request);
    String number = question.replaceAll("\\D", "");
    return switch (number) {
      case "10" -> Action.json(200, Chat.answer("<think>t</think><answer>3</answer>"));
      case "11" -> Action.json(200, Chat.answer("<think>I look and", null, "length"));
      case "12" -> Action.json(200, Chat.answer("<answer>12</answer>", "I look.", "stop"));
      case "13" -> Action.json(400, "{\"error\":{\"message\":\"this picture is not for me\"}}");
      default ->
          Action.json(200, Chat.answer("<think>t</think><answer>%s</answer>".formatted(number)))
              .after(ANSWER_MILLIS);
    };
  }

  private ScoredArm run(BenchmarkFile file, FaultServer server, PromptStyle style) {
    return evaluation(file, Optional.empty())
        .run(
            ArmSpec.ofEndpoints(
                "served", "some-vlm", List.of(EndpointConfig.of(server.url())), style));
  }

  private Evaluation evaluation(BenchmarkFile file, Optional<AnswerJudge> judge) {
    return new Evaluation(
        SPARK.session(),
        new org.apache.hadoop.fs.Path(folder.resolve("out").toUri()),
        List.of(file),
        Decoding.of(Preset.PAPER),
        Optional.of("Think, then answer."),
        judge);
  }

  @Test
  void asksEachItemOnceAndCountsWhatBecameOfIt() throws IOException {
    BenchmarkFile file = file();
    try (FaultServer server = FaultServer.start(this::answer)) {
      BenchmarkResult result = run(file, server, PromptStyle.TRAINED).result().benchmarks().get(0);
      assertThat(server.ledger().calls()).isEqualTo(ROWS - 2);
      assertThat(server.ledger().repeated()).isZero();
      assertThat(server.ledger().mostInFlight()).as("calls at the same time").isGreaterThan(2);
      assertThat(result.n()).isEqualTo(ROWS);
      assertThat(result.failures())
          .containsOnly(
              Map.entry("IMAGE_MISSING", 1L),
              Map.entry("IMAGES_SEVERAL", 1L),
              Map.entry("BAD_REQUEST", 1L));
      // Not 5, 7 and 13, which have no answer, nor 10 and 11.
      assertThat(result.strict().value()).isEqualTo((ROWS - 5) / (double) ROWS);
      assertThat(result.truncated()).isEqualTo(1);
      assertThat(result.malformed()).isEqualTo(1);
      assertThat(result.completionTokens()).isEqualTo(5L * (ROWS - 3));
      requestIsThePresets(requests.get("Which number, 20?"));
      assertThat(folder.resolve("out/served/_pictures")).doesNotExist();
    }
  }

  private static void requestIsThePresets(JsonNode request) throws IOException {
    assertThat(request.path("model").asText()).isEqualTo("some-vlm");
    assertThat(request.at("/messages/0/content").asText()).isEqualTo("Think, then answer.");
    assertThat(request.path("temperature").asDouble()).isZero();
    assertThat(request.path("max_completion_tokens").asInt()).isEqualTo(800);
    String url = request.at("/messages/1/content/0/image_url/url").asText();
    byte[] sent = Base64.getDecoder().decode(url.substring(url.indexOf(',') + 1));
    BufferedImage image = ImageIO.read(new java.io.ByteArrayInputStream(sent));
    assertThat(image.getWidth() * image.getHeight())
        .isLessThanOrEqualTo(256 * 32 * 32)
        .isGreaterThan(250_000);
  }

  @Test
  void anotherRunAsksNothingAgainAndPaysForNoLostAnswer() throws IOException {
    BenchmarkFile file = file();
    try (FaultServer server = FaultServer.start(this::answer)) {
      BenchmarkResult first = run(file, server, PromptStyle.TRAINED).result().benchmarks().get(0);
      long asked = server.ledger().calls();
      assertThat(run(file, server, PromptStyle.TRAINED).result().benchmarks().get(0))
          .isEqualTo(first);
      // Predictions lost, as when a wave was not committed: the log has the answers.
      org.apache.commons.io.FileUtils.deleteDirectory(
          folder.resolve("out/served/mine/predictions").toFile());
      assertThat(run(file, server, PromptStyle.TRAINED).result().benchmarks().get(0))
          .isEqualTo(first);
      assertThat(server.ledger().calls()).isEqualTo(asked);
    }
  }

  @Test
  void comesThroughBadWeatherWithTheSameResult() throws IOException {
    BenchmarkFile file = file();
    Behaviour storm = new Weather(this::answer, 3);
    try (FaultServer server = FaultServer.start(storm)) {
      BenchmarkResult result = run(file, server, PromptStyle.TRAINED).result().benchmarks().get(0);
      assertThat(result.strict().value()).isEqualTo((ROWS - 5) / (double) ROWS);
      assertThat(server.ledger().calls()).isGreaterThan(ROWS - 2);
    }
  }

  @Test
  void leavesTheSystemPromptToTheServerUnderTheNativeOne() throws IOException {
    BenchmarkFile file = file();
    try (FaultServer server = FaultServer.start(this::answer)) {
      run(file, server, PromptStyle.NATIVE);
      JsonNode messages = requests.get("Which number, 20?").path("messages");
      assertThat(messages).hasSize(1);
      assertThat(messages.at("/0/role").asText()).isEqualTo("user");
    }
  }

  /** One task's rows: the calls of another would wait half a minute for the server's next trial. */
  @Test
  void aServerThatRejectsTheKeyStopsTheRunAndIsNamed() throws IOException {
    BenchmarkFile file = file(20);
    try (FaultServer server = FaultServer.start(this::answer)) {
      server.behave(call -> Action.json(401, "{\"error\":{\"message\":\"wrong key\"}}"));
      assertThatThrownBy(() -> run(file, server, PromptStyle.TRAINED))
          .hasMessageContaining("KEY_REJECTED")
          .hasMessageContaining(server.url());
    }
  }

  /** A MathVerse-like file: the rule decides nothing. */
  private BenchmarkFile unruled() throws IOException {
    Path file = folder.resolve("verse.tsv");
    StringBuilder text =
        new StringBuilder(
            "index\timage\tquestion\tquestion_for_eval\tanswer\tmetadata\tproblem_version\n");
    for (int i = 0; i < 6; i++) {
      text.append(
          "%d\t%s\tq%d\tHow long is %d?\t%d\t\"{'split': 's', 'subject': 'Plane', 'subfield': 'f'}\"\tVision Only\n"
              .formatted(i, "QUJD".repeat(20), i, i, i));
    }
    Files.writeString(file, text);
    return BenchmarkFile.parse("MathVerse=" + file, new ArrayList<>()).orElseThrow();
  }

  @Test
  void aJudgeBehindAnEndpointIsCountedApartAndWhatItLeavesIsWrong() throws IOException {
    BenchmarkFile file = unruled();
    Path said = folder.resolve("said.tsv");
    Files.writeString(said, "index\tprediction\n0\t0\n1\t1\n2\t7\n3\t3\n4\t4\n");
    ArmSpec given =
        ArmSpec.ofPredictions(
            "given", new TreeMap<>(Map.of("MathVerse", said.toString())), PromptStyle.NATIVE);
    Set<String> unsure = Set.of("3");
    Behaviour judging =
        call -> {
          String user = Chat.userText(call);
          String number = user.replaceAll("(?s).*How long is (\\d+)\\?.*", "$1");
          String word = unsure.contains(number) ? "Perhaps." : number.equals("2") ? "No." : "Yes.";
          return Action.json(200, Chat.answer(word));
        };
    try (FaultServer server = FaultServer.start(judging)) {
      TeacherConfig config =
          TeacherJudge.served(
              TeacherConfig.OPENAI,
              "a-judge",
              new TreeMap<>(),
              List.of(EndpointConfig.of(server.url())));
      BenchmarkResult alone =
          evaluation(file, Optional.empty()).run(given).result().benchmarks().get(0);
      assertThat(alone.unresolved()).isEqualTo(5);
      assertThat(alone.compatible().value()).isZero();
      for (int time = 0; time < 2; time++) {
        try (TeacherJudge judge = new TeacherJudge(config, folder.resolve("out").toString())) {
          BenchmarkResult result =
              evaluation(file, Optional.of(judge)).run(given).result().benchmarks().get(0);
          assertThat(result.judge()).isEqualTo("a-judge");
          assertThat(result.byRule()).isZero();
          assertThat(result.judged()).isEqualTo(4);
          assertThat(result.unresolved()).isEqualTo(1);
          assertThat(result.failures()).containsOnly(Map.entry("PREDICTION_MISSING", 1L));
          // Right: 0, 1 and 4 of six. 2 is judged wrong, 3 is unresolved, 5 has no prediction.
          assertThat(result.compatible().value()).isEqualTo(3 / 6.0);
        }
      }
      assertThat(server.ledger().calls()).as("the second time the log answers").isEqualTo(5);
    }
  }
}
