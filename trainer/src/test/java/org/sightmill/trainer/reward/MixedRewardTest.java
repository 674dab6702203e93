package org.sightmill.trainer.reward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

class MixedRewardTest {
  private static final Offset<Double> EXACT = Offset.offset(1e-12);

  private static RewardRequest request(AnswerType type, String gold, String completion) {
    Choices choices = type == AnswerType.CHOICE ? new Choices(List.of("36°", "27°")) : null;
    return new RewardRequest("s", type, "q", null, gold, choices, completion, 90);
  }

  private static String answered(String answer) {
    return "<think>r</think> <answer>" + answer + "</answer>";
  }

  private static MixedReward similarity() {
    return MixedReward.withoutScorer(RewardSettings.DEFAULT, List.of());
  }

  @Test
  void paysEachTypeByItsFunction() {
    MixedReward reward = similarity();
    assertThat(reward.reward(request(AnswerType.DIGIT, "3", answered("three"))).total())
        .isEqualTo(1);
    assertThat(reward.reward(request(AnswerType.CHOICE, "B", answered("B: 27°"))).total())
        .isEqualTo(1);
    assertThat(reward.reward(request(AnswerType.MATH, "1/2", answered("$\\frac12$"))).total())
        .isEqualTo(1);
    assertThat(
            reward
                .reward(
                    request(
                        AnswerType.BOX, "[0.1, 0.2, 0.7, 0.5]", answered("[0.1, 0.2, 0.4, 0.5]")))
                .total())
        .isCloseTo(0.5, EXACT);
    Reward open = reward.reward(request(AnswerType.OPEN, "a red bus", answered("a red bus")));
    assertThat(open.parts()).containsEntry("open_similarity", 1.0).doesNotContainKey("open");
  }

  @Test
  void paysNothingWithoutAnAnswerBlock() {
    MixedReward reward = similarity();
    Reward none = reward.reward(request(AnswerType.DIGIT, "3", "<think>3</think> 3"));
    assertThat(none.total()).isZero();
    assertThat(none.verdict()).isEqualTo(Verdict.UNPARSED);
    assertThat(none.parts()).containsEntry("format", 0.0);
    assertThat(reward.counts().snapshot()).containsEntry("no_answer", 1L);
  }

  @Test
  void reportsTheStrictModeBesideTheLenientOne() {
    Reward sloppy =
        similarity().reward(request(AnswerType.DIGIT, "3", "So " + answered("It is 3.")));
    assertThat(sloppy.total()).isEqualTo(1);
    assertThat(sloppy.parts()).containsEntry("strict", 0.0);
    Reward exact = similarity().reward(request(AnswerType.DIGIT, "3", answered("3")));
    assertThat(exact.parts()).containsEntry("strict", 1.0);
  }

  /** Scores by length, and counts its calls. */
  private static final class LengthScorer implements OpenScorer {
    private final AtomicInteger references = new AtomicInteger();

    @Override
    public String name() {
      return "length";
    }

    @Override
    public double score(RewardRequest question, String answer) {
      if (answer.equals(question.gold())) {
        references.incrementAndGet();
      }
      if (answer.equals("boom")) {
        throw new IllegalStateException("lost");
      }
      return answer.equals("nan") ? Double.NaN : answer.length();
    }
  }

  @Test
  void paysForBeatingTheReferenceAndScoresItOnce() {
    LengthScorer scorer = new LengthScorer();
    MixedReward reward = MixedReward.with(RewardSettings.DEFAULT, scorer, List.of());
    List<Reward> rewards =
        reward.rewards(
            List.of(
                request(AnswerType.OPEN, "four", answered("seven77")),
                request(AnswerType.OPEN, "four", answered("abc")),
                request(AnswerType.OPEN, "four", answered("boom")),
                request(AnswerType.OPEN, "four", answered("nan"))));
    assertThat(rewards).hasSize(4);
    assertThat(rewards.get(0).total()).isCloseTo(1 - Math.exp(-3), EXACT);
    assertThat(rewards.subList(1, 4)).allSatisfy(r -> assertThat(r.total()).isZero());
    assertThat(scorer.references.get()).isEqualTo(1);
    assertThat(reward.counts().snapshot())
        .containsEntry("scorer_failed", 1L)
        .containsEntry("score_not_finite", 1L);
  }

  /** Fails for one answer. */
  public static final class Picky implements RewardFunction {
    @Override
    public String name() {
      return "picky";
    }

    @Override
    public double reward(RewardRequest request, String answer) {
      if (answer.equals("4")) {
        throw new IllegalStateException("no");
      }
      return 0.5;
    }
  }

  @Test
  void addsOwnFunctionsAndSurvivesThem() {
    RewardSettings settings =
        new RewardSettings(Map.of(AnswerType.DIGIT, 2.0), Map.of("picky", 0.1), 1, null, null);
    MixedReward reward = MixedReward.withoutScorer(settings, List.of(new Picky()));
    Reward right = reward.reward(request(AnswerType.DIGIT, "3", answered("3")));
    assertThat(right.total()).isCloseTo(2.05, EXACT);
    assertThat(right.parts()).containsEntry("picky", 0.5).containsEntry("digit", 1.0);
    assertThat(reward.reward(request(AnswerType.DIGIT, "3", answered("4"))).total()).isZero();
    assertThat(reward.counts().snapshot()).containsEntry("function_failed", 1L);
  }

  @Test
  void findsInstalledFunctionsAndLeavesThemOffByDefault() {
    List<RewardFunction> installed = MixedReward.installed();
    assertThat(installed).extracting(RewardFunction::name).containsExactly("picky");
    Reward plain =
        MixedReward.withoutScorer(RewardSettings.DEFAULT, installed)
            .reward(request(AnswerType.DIGIT, "3", answered("3")));
    assertThat(plain.parts()).containsOnlyKeys("digit", "format", "strict");
    RewardSettings on = new RewardSettings(Map.of(), Map.of("picky", 1.0), 1, null, null);
    assertThat(
            MixedReward.withoutScorer(on, installed)
                .reward(request(AnswerType.DIGIT, "3", answered("3")))
                .total())
        .isCloseTo(1.5, EXACT);
  }

  @Test
  void refusesAnUnknownFunction() {
    RewardSettings settings = new RewardSettings(Map.of(), Map.of("typo", 1.0), 1, null, null);
    assertThatThrownBy(() -> MixedReward.withoutScorer(settings, List.of(new Picky())))
        .hasMessage("no reward function named typo; there are [picky]");
  }

  @Test
  void shapesOnlyWhenAsked() {
    RewardSettings settings =
        new RewardSettings(
            Map.of(),
            Map.of(),
            1,
            new RewardSettings.Overlong(100, 20),
            new RewardSettings.Repetition(2, -1));
    Reward shaped =
        MixedReward.withoutScorer(settings, List.of())
            .reward(request(AnswerType.DIGIT, "3", answered("3")));
    assertThat(shaped.parts()).containsEntry("overlong", -0.5).containsKey("repetition");
    assertThat(shaped.total()).isCloseTo(0.5 + shaped.parts().get("repetition"), EXACT);
  }

  private static RewardRequest ofLength(String sample, String answer, int tokens) {
    return new RewardRequest(
        sample, AnswerType.DIGIT, "q", null, "3", null, answered(answer), tokens);
  }

  @Test
  void addsThePeersShapingThatIsOn() {
    PeerShaping peers =
        new PeerShaping(
            Map.of(
                PeerShaping.Kind.COSINE, 0.5,
                PeerShaping.Kind.STEPS, 1.0,
                PeerShaping.Kind.TAGS, 2.0),
            100,
            LengthShaping.Cosine.DEFAULT);
    RewardSettings settings = new RewardSettings(Map.of(), Map.of(), 1, null, null, peers);
    RewardRequest request = ofLength("s", "3", 50);
    Reward reward = MixedReward.withoutScorer(settings, List.of()).reward(request);
    // Half way along the cosine from 1 down to 0.5; no step and no tag with its line breaks.
    assertThat(reward.parts())
        .containsEntry("cosine", 0.75)
        .containsEntry("steps", 0.0)
        .containsEntry("tags", 0.0)
        .doesNotContainKey("length");
    assertThat(reward.total()).isCloseTo(1 + 0.5 * 0.75, EXACT);
  }

  @Test
  void comparesLengthsWithinASample() {
    PeerShaping peers =
        new PeerShaping(Map.of(PeerShaping.Kind.LENGTH, 0.1), 1, LengthShaping.Cosine.DEFAULT);
    RewardSettings settings = new RewardSettings(Map.of(), Map.of(), 1, null, null, peers);
    List<Reward> rewards =
        MixedReward.withoutScorer(settings, List.of())
            .rewards(
                List.of(
                    ofLength("a", "3", 10),
                    ofLength("b", "3", 500),
                    ofLength("a", "3", 30),
                    ofLength("a", "4", 10),
                    request(AnswerType.DIGIT, "3", "no answer")));
    // Sample a spans 10 to 30 tokens; b is alone and earns nothing for its length.
    assertThat(rewards)
        .extracting(r -> r.parts().get("length"))
        .containsExactly(0.5, 0.0, -0.5, 0.0, null);
    assertThat(rewards.get(0).total()).isCloseTo(1.05, EXACT);
    assertThat(rewards.get(2).total()).isCloseTo(0.95, EXACT);
    assertThat(rewards.get(4).total()).isZero();
  }

  @Test
  void refusesShapingThatCannotBe() {
    assertThatThrownBy(() -> new PeerShaping(Map.of(), 0, LengthShaping.Cosine.DEFAULT))
        .hasMessage("maxTokens must be positive but was 0");
    assertThatThrownBy(
            () ->
                new PeerShaping(
                    Map.of(PeerShaping.Kind.TAGS, Double.NaN), 1, LengthShaping.Cosine.DEFAULT))
        .hasMessage("the weight of tags must be finite");
  }
}
