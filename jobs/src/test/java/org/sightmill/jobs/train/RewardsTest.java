package org.sightmill.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.jobs.config.RewardSection;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Call;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.Retries;
import org.sightmill.pipeline.teacher.ScorerForm;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.trainer.grpo.GuardedRewarder.ScorerFailure;
import org.sightmill.trainer.grpo.Rewarder;
import org.sightmill.trainer.reward.Reward;
import org.sightmill.trainer.reward.RewardRequest;
import org.sightmill.trainer.reward.RewardSettings;
import org.sightmill.trainer.update.TrainingFailedException;

/** Free answers are scored by a server, from the configuration on. */
final class RewardsTest {
  private static final byte[] PICTURE = picture();
  private static final int GROUP = 8;

  @TempDir Path folder;
  private FaultServer server;

  @BeforeEach
  void start() {
    server = FaultServer.start(RewardsTest::score);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static byte[] picture() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(new BufferedImage(40, 40, BufferedImage.TYPE_INT_RGB), "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** "cat 3" scores 3, and the reference "cat" 1; "boat" has no score. */
  private static Action score(Call call) {
    JsonNode request = Chat.request(call);
    if (!request.path("image").asText().equals(Base64.getEncoder().encodeToString(PICTURE))) {
      return Action.json(400, "{\"error\":{\"message\":\"no picture\"}}");
    }
    String answer = request.path("answers").path(0).asText();
    String number = answer.equals("cat") ? "1" : answer.replaceAll("\\D", "");
    return Action.json(200, "{\"rewards\":[%s]}".formatted(number.isEmpty() ? "\"NaN\"" : number));
  }

  private RewardSection section(ScorerForm form, ScorerFailure onFailure) {
    String url = form == ScorerForm.HTTP ? server.url() + "/score" : server.url();
    TeacherConfig scorer =
        new TeacherConfig(
            TeacherConfig.OPENAI,
            "scorer",
            new TreeMap<>(),
            null,
            null,
            null,
            List.of(EndpointConfig.of(url)),
            null,
            null,
            null,
            form,
            null,
            new Retries(2, 0.01, 0.02, 5.0));
    return new RewardSection(RewardSettings.DEFAULT, scorer, onFailure);
  }

  private Rewarder open(RewardSection section) {
    return Rewards.open(section, path -> PICTURE, folder.toUri().toString());
  }

  private static RewardRequest request(String answer) {
    return new RewardRequest(
        "s1",
        AnswerType.OPEN,
        "What is it?",
        "a.png",
        "cat",
        null,
        "<think>.</think><answer>%s</answer>".formatted(answer),
        9);
  }

  private static List<RewardRequest> group() {
    List<RewardRequest> requests = new ArrayList<>();
    for (int i = 0; i < GROUP; i++) {
      requests.add(request("cat " + i));
    }
    return requests;
  }

  @Test
  void anAnswerEarnsWhatItIsBetterThanTheReferenceWhichIsScoredOnce() {
    try (Rewarder rewarder = open(section(ScorerForm.HTTP, ScorerFailure.FAIL))) {
      List<Reward> rewards = rewarder.rewards(group());
      for (int i = 0; i < GROUP; i++) {
        double expected = i <= 1 ? 0 : 1 - Math.exp(-(i - 1));
        assertThat(rewards.get(i).total()).as("cat " + i).isCloseTo(expected, within(1e-12));
        assertThat(rewards.get(i).parts()).containsKey("open");
      }
      assertThat(server.ledger().calls()).as("a call an answer, one the reference").isEqualTo(9);

      rewarder.rewards(group());
      assertThat(server.ledger().calls()).as("replies are kept").isEqualTo(9);
    }
  }

  @Test
  void allAnswersOfAGroupAreUnderWayAtOnce() {
    server.behave(call -> score(call).after(200));
    try (Rewarder rewarder = open(section(ScorerForm.HTTP, ScorerFailure.FAIL))) {
      rewarder.rewards(group());
    }
    assertThat(server.ledger().mostInFlight()).isGreaterThan(GROUP / 2);
  }

  @Test
  void repliesOutliveTheRun() {
    try (Rewarder rewarder = open(section(ScorerForm.HTTP, ScorerFailure.FAIL))) {
      rewarder.rewards(group());
    }
    try (Rewarder rewarder = open(section(ScorerForm.HTTP, ScorerFailure.FAIL))) {
      assertThat(rewarder.rewards(group()).get(3).total()).isCloseTo(0.8646647, within(1e-6));
    }
    assertThat(server.ledger().calls()).isEqualTo(GROUP + 1);
  }

  @Test
  void aScoreThatIsNoNumberStopsTheStepOrEarnsNothing() {
    try (Rewarder rewarder = open(section(ScorerForm.HTTP, ScorerFailure.FAIL))) {
      assertThatThrownBy(() -> rewarder.rewards(List.of(request("boat"))))
          .isInstanceOf(TrainingFailedException.class)
          .hasMessageContaining("the scorer gave no score 1 times for the 1 completions of sample")
          .hasMessageContaining("REPLY_MALFORMED");
    }
    try (Rewarder rewarder = open(section(ScorerForm.HTTP, ScorerFailure.ZERO))) {
      List<Reward> rewards = rewarder.rewards(List.of(request("boat"), request("cat 2")));
      assertThat(rewards.get(0).total()).isZero();
      assertThat(rewards.get(1).total()).isCloseTo(1 - Math.exp(-1), within(1e-12));
    }
  }

  @Test
  void aServerThatIsGoneStopsTheStepWithItsAddress() {
    RewardSection section = section(ScorerForm.HTTP, ScorerFailure.FAIL);
    server.close();
    try (Rewarder rewarder = open(section)) {
      assertThatThrownBy(() -> rewarder.rewards(List.of(request("cat 2"))))
          .isInstanceOf(TrainingFailedException.class)
          .hasMessageContaining("last because: ")
          .hasMessageContaining("set scorer_failure to zero");
    }
  }

  @Test
  void aChatModelSaysItsNumberInWords() {
    List<String> prompts = new ArrayList<>();
    server.behave(
        call -> {
          String user = Chat.userText(call);
          prompts.add(user);
          String score = user.contains("cat 2") ? "0.75" : "0.25";
          return Action.json(200, Chat.answer("<think>2 of 10?</think>Score: " + score + "."));
        });
    try (Rewarder rewarder = open(section(ScorerForm.CHAT, ScorerFailure.FAIL))) {
      assertThat(rewarder.rewards(List.of(request("cat 2"))).get(0).total())
          .isCloseTo(1 - Math.exp(-0.5), within(1e-12));
    }
    assertThat(prompts).hasSize(2).allMatch(prompt -> prompt.contains("Question: What is it?"));
    assertThat(prompts).noneMatch(prompt -> prompt.contains("known to be good"));
  }

  @Test
  void aPictureThatCannotBeReadIsNamed() {
    try (Rewarder rewarder =
        Rewards.open(
            section(ScorerForm.HTTP, ScorerFailure.FAIL),
            path -> {
              throw new IOException("no such file");
            },
            folder.toUri().toString())) {
      assertThatThrownBy(() -> rewarder.rewards(List.of(request("cat 2"))))
          .isInstanceOf(TrainingFailedException.class)
          .hasMessageContaining("cannot send picture a.png: no such file");
    }
  }

  @Test
  void aFolderThatTakesNoPictureEarnsNothingWhereThatIsWanted() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "in the way");
    RewardSection section = section(ScorerForm.HTTP, ScorerFailure.ZERO);
    try (Rewarder rewarder = Rewards.open(section, path -> PICTURE, file.toUri().toString())) {
      assertThat(rewarder.rewards(List.of(request("cat 2"))).get(0).total()).isZero();
    }
  }

  @Test
  void withoutAScorerNoFolderIsWritten() throws IOException {
    try (Rewarder rewarder = open(RewardSection.DEFAULT)) {
      assertThat(rewarder.rewards(List.of(request("cat"))).get(0).parts())
          .containsEntry("open_similarity", 1.0);
    }
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void whatAScorerCannotDoIsSaidBeforeAnythingRuns() {
    assertThat(Rewards.problems(section(ScorerForm.POOLING, ScorerFailure.FAIL))).isEmpty();
    assertThat(
            Rewards.problems(
                new RewardSection(
                    RewardSettings.DEFAULT, TeacherConfig.builtin(), ScorerFailure.FAIL)))
        .singleElement()
        .asString()
        .startsWith("reward.scorer.provider must not be builtin");
  }
}
