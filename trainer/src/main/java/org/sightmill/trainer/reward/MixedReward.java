package org.sightmill.trainer.reward;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.sightmill.pipeline.answer.Completion;
import org.sightmill.pipeline.answer.Grade;
import org.sightmill.pipeline.answer.GradeRequest;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * The mixed reward: one function per answer type, the implicit format rule, own functions and
 * shaping. Every completion gets exactly one reward, whatever happens. Thread-safe.
 *
 * <p>The parts in the log are the function's name ({@code digit}, {@code choice}, {@code math},
 * {@code box}, {@code open} or {@code open_similarity}), {@code format} (1 where an answer block
 * was found), {@code strict} (1 where the answer is right and the text is exactly of the format,
 * read strictly), own functions by name, {@code overlong} and {@code repetition}.
 */
public final class MixedReward {
  private final RewardSettings settings;
  private final OpenReward open;
  private final List<RewardFunction> own;
  private final RewardCounts counts = new RewardCounts();

  private MixedReward(RewardSettings settings, OpenScorer scorer, List<RewardFunction> own) {
    this.settings = settings;
    this.open = scorer == null ? null : new OpenReward(scorer, settings.beta(), counts);
    this.own = own.stream().filter(f -> settings.ownWeights().containsKey(f.name())).toList();
    requireKnown(settings, own);
  }

  /** Rewards with a scorer for free answers. */
  public static MixedReward with(
      RewardSettings settings, OpenScorer scorer, List<RewardFunction> own) {
    return new MixedReward(settings, java.util.Objects.requireNonNull(scorer, "scorer"), own);
  }

  /** Rewards without a scorer: free answers earn their similarity to the reference. */
  public static MixedReward withoutScorer(RewardSettings settings, List<RewardFunction> own) {
    return new MixedReward(settings, null, own);
  }

  /** The reward functions on the class path. */
  public static List<RewardFunction> installed() {
    return ServiceLoader.load(RewardFunction.class).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static void requireKnown(RewardSettings settings, List<RewardFunction> own) {
    List<String> names = own.stream().map(RewardFunction::name).toList();
    for (String wanted : settings.ownWeights().keySet()) {
      if (!names.contains(wanted)) {
        throw new IllegalArgumentException(
            "no reward function named %s; there are %s".formatted(wanted, names));
      }
    }
  }

  /** How often each outcome came up. */
  public RewardCounts counts() {
    return counts;
  }

  /** One reward per request, in order. */
  public List<Reward> rewards(List<RewardRequest> requests) {
    List<Reward> rewards = new ArrayList<>(requests.size());
    requests.forEach(request -> rewards.add(reward(request)));
    return rewards;
  }

  /** The reward of one completion. */
  public Reward reward(RewardRequest request) {
    Optional<String> answer = Completion.split(request.completion()).answer();
    Map<String, Double> parts = new TreeMap<>();
    parts.put("format", answer.isPresent() ? 1.0 : 0.0);
    if (answer.isEmpty()) {
      counts.add("no_answer");
      return new Reward(0, parts, Verdict.UNPARSED, null, "no answer by the format rule");
    }
    return judged(request, answer.get(), parts);
  }

  private Reward judged(RewardRequest request, String answer, Map<String, Double> parts) {
    GradeRequest asked = question(request, answer, Scope.ANSWER);
    Grade grade = Grader.standard().grade(asked);
    counts.add("verdict_" + grade.verdict().name().toLowerCase(java.util.Locale.ROOT));
    double total = settings.weight(request.type()) * main(request, answer, grade, parts);
    parts.put("strict", strict(request));
    for (RewardFunction function : own) {
      double value = own(function, request, answer);
      parts.put(function.name(), value);
      total += settings.ownWeights().get(function.name()) * value;
    }
    total += shaping(request, parts);
    return new Reward(total, parts, grade.verdict(), grade.extracted(), grade.reason());
  }

  private static GradeRequest question(RewardRequest request, String text, Scope scope) {
    return new GradeRequest(request.type(), request.gold(), text, request.choices(), scope);
  }

  private double main(
      RewardRequest request, String answer, Grade grade, Map<String, Double> parts) {
    boolean scored = request.type() == AnswerType.OPEN && open != null;
    double value = scored ? open.reward(request, answer) : grade.reward();
    boolean similarity = request.type() == AnswerType.OPEN && open == null;
    parts.put(similarity ? "open_similarity" : request.type().label(), value);
    return value;
  }

  private static double strict(RewardRequest request) {
    return Grader.strict()
        .grade(question(request, request.completion(), Scope.COMPLETION))
        .reward();
  }

  private double own(RewardFunction function, RewardRequest request, String answer) {
    try {
      double value = function.reward(request, answer);
      if (Double.isFinite(value)) {
        return value;
      }
    } catch (RuntimeException e) {
      // Counted below with the values that are no numbers: exactly one reward per completion.
    }
    counts.add("function_failed");
    return 0;
  }

  private double shaping(RewardRequest request, Map<String, Double> parts) {
    double sum = 0;
    if (settings.overlong() != null) {
      parts.put("overlong", Shaping.overlong(request.tokens(), settings.overlong()));
      sum += parts.get("overlong");
    }
    if (settings.repetition() != null) {
      parts.put("repetition", Shaping.repetition(request.completion(), settings.repetition()));
      sum += parts.get("repetition");
    }
    return sum;
  }
}
