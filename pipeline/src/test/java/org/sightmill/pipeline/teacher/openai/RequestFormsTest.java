package org.sightmill.pipeline.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.PictureConfig;
import org.sightmill.pipeline.teacher.ReplyShape;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.RolePrompts;
import org.sightmill.pipeline.teacher.SamplingConfig;
import org.sightmill.pipeline.teacher.ScorerForm;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;

/** What is sent, what identifies it, and what is read out of the replies. */
final class RequestFormsTest {
  @TempDir Path folder;

  @Test
  void theCaptionersRequestHoldsThePictureAndItsIdentityTheHash() throws Exception {
    TeacherRequest request = withPicture(Role.CAPTIONER);
    ChatForm form = new ChatForm(Role.CAPTIONER, config(Role.CAPTIONER, null, null), small());
    JsonNode body = Json.read(form.body(request, new Picture("image/png", new byte[] {1, 2, 3})));
    assertThat(body.at("/messages/1/content/0/image_url/url").asText())
        .isEqualTo("data:image/png;base64,AQID");
    assertThat(body.at("/messages/1/content/1/text").asText()).isEqualTo(request.user());
    assertThat(body.at("/messages/0/content").asText()).isEqualTo(request.system());
    assertThat(body.get("temperature").asDouble()).isZero();
    assertThat(body.get("max_completion_tokens").asInt()).isEqualTo(2048);
    String identity = new String(form.identity(request), StandardCharsets.UTF_8);
    assertThat(identity)
        .contains("\"sha256\":\"" + "0".repeat(64), "fit-1 max_pixels=4000 max_bytes=20000")
        .doesNotContain("base64", "http");
  }

  @Test
  void identityFollowsWhatDecidesTheReplyAndNothingElse() {
    TeacherRequest request = Asked.request(Role.REASONER, "q");
    byte[] one = identity(request, sampling(0.5, 1L), "http://a/v1");
    assertThat(identity(request, sampling(0.5, 1L), "http://b/v1")).isEqualTo(one);
    assertThat(identity(request, sampling(0.5, 2L), "http://a/v1")).isNotEqualTo(one);
    assertThat(identity(request, sampling(0.6, 1L), "http://a/v1")).isNotEqualTo(one);
    assertThat(identity(Asked.request(Role.REASONER, "p"), sampling(0.5, 1L), "http://a/v1"))
        .isNotEqualTo(one);
  }

  private static SamplingConfig sampling(double temperature, long seed) {
    return new SamplingConfig(
        temperature,
        null,
        null,
        seed,
        null,
        List.of("top_p"),
        new TreeMap<>(Map.of("top_k", "20")));
  }

  private static byte[] identity(TeacherRequest request, SamplingConfig sampling, String url) {
    TeacherConfig config =
        new TeacherConfig(
            "openai",
            "m",
            new TreeMap<>(),
            null,
            null,
            null,
            List.of(EndpointConfig.of(url)),
            sampling,
            null,
            null,
            null,
            null,
            null);
    byte[] body = new ChatForm(Role.REASONER, config, PictureConfig.STANDARD).body(request, null);
    assertThat(new String(body, StandardCharsets.UTF_8))
        .contains("\"top_k\":20", "\"seed\":")
        .doesNotContain("top_p");
    return new ChatForm(Role.REASONER, config, PictureConfig.STANDARD).identity(request);
  }

  @Test
  void readsReasoningUnderBothNamesAndLeavesInlineThinkingToTheParser() throws Exception {
    ChatReply reply = new ChatReply(Role.REASONER, ReplySchema.NONE);
    assertThat(reply.read(bytes(Chat.answer("4", "two and two", "stop"))).reasoning())
        .isEqualTo("two and two");
    String newer =
        Chat.answer("4", "two and two", "stop").replace("reasoning_content", "reasoning");
    assertThat(reply.read(bytes(newer)).reasoning()).isEqualTo("two and two");
    assertThat(reply.read(bytes(Chat.answer("<think>a</think>4"))).text())
        .isEqualTo("<think>a</think>4");
    assertThat(
            new ChatReply(Role.CAPTIONER, ReplySchema.NONE)
                .read(bytes(Chat.answer("<think>a</think>\nA cube.")))
                .text())
        .isEqualTo("A cube.");
    String half = Chat.answer("x").replace("\"x\"", "\"a \\ud83d b\"");
    assertThat(reply.read(bytes(half)).text()).isEqualTo("a \uFFFD b");
  }

  @Test
  void aSchemaIsAskedForAndTurnedBackIntoTheRolesWords() throws Exception {
    ChatForm judge =
        new ChatForm(Role.JUDGE, config(Role.JUDGE, ReplyShape.JSON_SCHEMA, null), small());
    JsonNode body = Json.read(judge.body(Asked.request(Role.JUDGE, "q"), null));
    assertThat(body.at("/response_format/json_schema/schema/required/0").asText())
        .isEqualTo("verdict");
    String said = "{\"verdict\": \"no\", \"reason\": \"other number\"}";
    assertThat(judge.read(bytes(Chat.answer(said))).text()).isEqualTo("no: other number");
    assertThat(judge.read(bytes(Chat.answer("Yes."))).text()).isEqualTo("Yes.");
  }

  /** A reason may be longer than the reply may be: the verdict stands before it. */
  @Test
  void aVerdictCountsThoughItsReasonIsCutOff() throws Exception {
    ChatForm judge =
        new ChatForm(Role.JUDGE, config(Role.JUDGE, ReplyShape.JSON_SCHEMA, null), small());
    String cut = "{ \"verdict\" :\"yes\", \"reason\":\"both say th";
    assertThat(judge.read(bytes(Chat.answer(cut, null, "length"))).text()).isEqualTo("yes");
    String other = "{\"reason\": \"both";
    assertThat(judge.read(bytes(Chat.answer(other, null, "length"))).text()).isEqualTo(other);
    String cutInTheWord = "{\"verdict\": \"y";
    assertThat(judge.read(bytes(Chat.answer(cutInTheWord, null, "length"))).text())
        .isEqualTo(cutInTheWord);
  }

  @Test
  void aPoolingServerIsSentTheConversationAndGivesTheLastNumber() throws Exception {
    String pooled = "{\"data\":[{\"data\":[[0.1],[0.25]]}],\"usage\":{\"prompt_tokens\":7}}";
    try (FaultServer server = FaultServer.start(call -> Action.json(200, pooled))) {
      assertThat(score(server, ScorerForm.POOLING)).isEqualTo("0.25");
    }
  }

  @Test
  void aPlainRewardServerIsSentQueryPictureAndAnswers() throws Exception {
    try (FaultServer server =
        FaultServer.start(
            call ->
                Chat.request(call).at("/answers/0").asText().equals("a reply to judge")
                    ? Action.json(200, "{\"rewards\": [-1.5]}")
                    : Action.json(400, "{}"))) {
      assertThat(score(server, ScorerForm.HTTP)).isEqualTo("-1.5");
    }
  }

  @Test
  void aChatModelIsAskedForANumber() throws Exception {
    Behaviour model =
        call ->
            Chat.userText(call).contains("a reply to judge")
                ? Action.json(200, Chat.answer("<think>\nfair\n</think>\n\n0.75"))
                : Action.json(400, "{}");
    try (FaultServer server = FaultServer.start(model)) {
      assertThat(score(server, ScorerForm.CHAT)).isEqualTo("0.75");
      server.behave(call -> Action.json(200, Chat.answer("{\"score\": 0.5}")));
      TeacherReply reply =
          Asked.ask(scorer(server, ScorerForm.CHAT, ReplyShape.JSON_SCHEMA), Role.SCORER, "p");
      assertThat(((TeacherReply.Answer) reply).text()).isEqualTo("0.5");
    }
  }

  /** Whatever the form, faults that pass are tried again and replies without a number are none. */
  @ParameterizedTest
  @EnumSource(
      value = ScorerForm.class,
      names = {"POOLING", "HTTP"})
  void scoringServersMisbehaveLikeOthers(ScorerForm form) throws Exception {
    Action good = Action.json(200, "{\"data\":[{\"data\":[[0.5]]}],\"rewards\":[0.5]}");
    List<Action> faults =
        List.of(
            Action.json(429, "{}", "Retry-After: 0.05"),
            Action.reset(),
            good.cutAfter(90, Action.End.RESET),
            Action.respond(502, "text/html", bytes("<html>")),
            Action.json(200, "{\"data\": [{\"da"),
            Action.json(200, "{\"data\":[{\"data\":[]}],\"rewards\":[\"high\"]}"));
    for (Action fault : faults) {
      try (FaultServer server = FaultServer.start(call -> call.number() == 0 ? fault : good)) {
        assertThat(score(server, form)).isEqualTo("0.5");
        assertThat(server.ledger().calls()).isEqualTo(2);
      }
    }
    try (FaultServer server = FaultServer.start(call -> Action.json(200, "{}"))) {
      TeacherReply reply = Asked.ask(scorer(server, form, null), Role.SCORER, "q");
      assertThat(((TeacherReply.Failed) reply).why())
          .startsWith("REPLY_MALFORMED: no score where one belongs");
      assertThat(server.ledger().calls()).isEqualTo(3);
    }
  }

  private static String score(FaultServer server, ScorerForm form) throws Exception {
    TeacherReply reply = Asked.ask(scorer(server, form, null), Role.SCORER, "q");
    assertThat(reply).isInstanceOf(TeacherReply.Answer.class);
    return ((TeacherReply.Answer) reply).text();
  }

  private static TeacherConfig scorer(FaultServer server, ScorerForm form, ReplyShape shape) {
    return new TeacherConfig(
        "openai",
        "m",
        new TreeMap<>(),
        null,
        null,
        null,
        List.of(EndpointConfig.of(server.url())),
        null,
        null,
        shape,
        form,
        Asked.SHORT,
        Asked.QUICK);
  }

  @Test
  void picturesWithinTheLimitsGoAsTheyAreAndOthersFit() throws IOException {
    PictureFitter fitter = new PictureFitter(small());
    byte[] fine = png(40, 40);
    assertThat(fitter.fit(fine)).isEqualTo(new Picture("image/png", fine));
    for (int side : new int[] {64, 200, 900}) {
      Picture fitted = fitter.fit(png(2 * side, side));
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(fitted.bytes()));
      assertThat(fitted.mediaType()).isEqualTo("image/jpeg");
      assertThat(fitted.bytes().length).isLessThanOrEqualTo(20_000);
      assertThat(image.getWidth() * image.getHeight()).isBetween(1_000, 4_000);
      assertThat((double) image.getWidth() / image.getHeight()).isBetween(1.8, 2.2);
    }
    assertThatThrownBy(() -> fitter.fit("no picture".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessage("is not a picture that can be read");
  }

  @Test
  void aPictureThatIsNotThereIsTheRowsFailure() throws Exception {
    try (FaultServer server = FaultServer.start(call -> Action.json(500, "{}"))) {
      TeacherReply reply = caption(server);
      assertThat(((TeacherReply.Failed) reply).why()).startsWith("PICTURE_UNUSABLE: p.png: ");
      assertThat(server.ledger().calls()).isZero();
    }
  }

  @Test
  void aPictureOfTheRunIsSent() throws Exception {
    Files.write(folder.resolve("p.png"), png(30, 30));
    try (FaultServer server = FaultServer.start(call -> Action.json(200, Chat.answer("A cube.")))) {
      assertThat(((TeacherReply.Answer) caption(server)).text()).isEqualTo("A cube.");
    }
  }

  private TeacherReply caption(FaultServer server) throws Exception {
    try (TeacherClient client =
        new OpenAiTeacher()
            .open(
                Role.CAPTIONER,
                Asked.config(server),
                TeacherContext.standalone(folder.toUri().toString()))) {
      return client
          .ask(withPicture(Role.CAPTIONER))
          .toCompletableFuture()
          .get(20, TimeUnit.SECONDS);
    }
  }

  private static byte[] png(int width, int height) throws IOException {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Random random = new Random(3);
    for (int i = 0; i < width * height; i++) {
      image.setRGB(i % width, i / width, random.nextInt());
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, "png", bytes);
    return bytes.toByteArray();
  }

  private static TeacherRequest withPicture(Role role) {
    return TeacherRequest.of(
        role, RolePrompts.load(Prompts.packaged(), role), Asked.row("q", "p.png"));
  }

  private static TeacherConfig config(Role role, ReplyShape shape, ScorerForm form) {
    return new TeacherConfig(
        "openai",
        role.label(),
        new TreeMap<>(),
        null,
        null,
        null,
        List.of(EndpointConfig.of("http://h/v1")),
        null,
        null,
        shape,
        form,
        null,
        null);
  }

  private static PictureConfig small() {
    return new PictureConfig(4_000, 20_000);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
