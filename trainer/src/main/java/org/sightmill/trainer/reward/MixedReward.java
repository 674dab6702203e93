package org.sightmill.trainer.reward;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
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
 * read strictly), own functions by name, and the shaping that is on: {@code overlong}, {@code
 * repetition}, {@code cosine}, {@code length}, {@code steps} and {@code tags}.
 */
public final class MixedReward implements AutoCloseable {
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

  /** What the scorer of free answers said when it last gave no score. */
  public Optional<String> lastScorerFailure() {
    return open == null ? Optional.empty() : open.lastFailure();
  }

  /** Closes the scorer of free answers. */
  @Override
  public void close() {
    if (open != null) {
      open.close();
    }
  }

  /**
   * One reward per request, in order. Requests of one sample are a group, whose lengths the shaping
   * {@code length} compares; those without an answer stay out of it.
   */
  public List<Reward> rewards(List<RewardRequest> requests) {
    if (open != null) {
      requests.forEach(this::announce);
    }
    List<Reward> rewards = new ArrayList<>(requests.size());
    requests.forEach(request -> rewards.add(reward(request)));
    if (settings.peers().has(PeerShaping.Kind.LENGTH)) {
      groups(requests, rewards).forEach(group -> addLength(requests, rewards, group));
    }
    return rewards;
  }

  private void announce(RewardRequest request) {
    if (request.type() == AnswerType.OPEN) {
      Completion.split(request.completion())
          .answer()
          .ifPresent(answer -> open.expect(request, answer));
    }
  }

  /** The places of the answered completions of each sample. */
  private static Collection<List<Integer>> groups(
      List<RewardRequest> requests, List<Reward> rewards) {
    Map<String, List<Integer>> groups = new LinkedHashMap<>();
    for (int i = 0; i < requests.size(); i++) {
      if (rewards.get(i).parts().get("format") == 1) {
        groups.computeIfAbsent(requests.get(i).sampleId(), id -> new ArrayList<>()).add(i);
      }
    }
    return groups.values();
  }

  private void addLength(List<RewardRequest> requests, List<Reward> rewards, List<Integer> group) {
    int[] lengths = new int[group.size()];
    boolean[] right = new boolean[group.size()];
    for (int i = 0; i < lengths.length; i++) {
      lengths[i] = requests.get(group.get(i)).tokens();
      right[i] = rewards.get(group.get(i)).verdict() == Verdict.EQUAL;
    }
    double[] values = LengthShaping.kimi(lengths, right);
    double weight = settings.peers().weights().get(PeerShaping.Kind.LENGTH);
    for (int i = 0; i < values.length; i++) {
      int place = group.get(i);
      rewards.set(
          place, rewards.get(place).with(PeerShaping.Kind.LENGTH.label(), values[i], weight));
    }
  }

  /** The reward of one completion; the shaping {@code length} needs {@link #rewards}. */
  public Reward reward(RewardRequest request) {
    Optional<String> answer = Completion.split(request.completion()).answer();
    Map<String, Double> parts = new TreeMap<>();
    parts.put("format", answer.isPresent() ? 1.0 : 0.0);
    if (answer.isEmpty()) {
      counts.add("no_answer");
      parts.put(partName(request.type()), 0.0);
      parts.put("strict", 0.0);
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
    total += shaping(request, parts) + peers(request, grade, parts);
    return new Reward(total, parts, grade.verdict(), grade.extracted(), grade.reason());
  }

  private static GradeRequest question(RewardRequest request, String text, Scope scope) {
    return new GradeRequest(request.type(), request.gold(), text, request.choices(), scope);
  }

  private double main(
      RewardRequest request, String answer, Grade grade, Map<String, Double> parts) {
    boolean scored = request.type() == AnswerType.OPEN && open != null;
    double value = scored ? open.reward(request, answer) : grade.reward();
    parts.put(partName(request.type()), value);
    return value;
  }

  private String partName(AnswerType type) {
    return type == AnswerType.OPEN && open == null ? "open_similarity" : type.label();
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

  private double peers(RewardRequest request, Grade grade, Map<String, Double> parts) {
    double sum = 0;
    for (Map.Entry<PeerShaping.Kind, Double> entry : settings.peers().weights().entrySet()) {
      boolean right = grade.verdict() == Verdict.EQUAL;
      double value = settings.peers().value(entry.getKey(), request, right);
      parts.put(entry.getKey().label(), value);
      sum += entry.getValue() * value;
    }
    return sum;
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
