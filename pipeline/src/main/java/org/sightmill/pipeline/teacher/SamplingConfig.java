package org.sightmill.pipeline.teacher;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.check.Checks;

/**
 * How a model draws its reply. What is null is the role's own default ({@link #standard}), and is
 * sent too: nothing depends on a server's defaults. All of it is part of a request's identity.
 *
 * @param temperature in [0, 2]
 * @param topP in (0, 1]
 * @param maxTokens most tokens of a reply, thinking included
 * @param seed null sends none
 * @param tokenLimitField under which name {@code maxTokens} is sent
 * @param omit fields not to send, for models that refuse them: {@code temperature}, {@code top_p}
 * @param extra further fields of the request by name, values as JSON: {@code {top_k: "20"}}
 */
public record SamplingConfig(
    Double temperature,
    Double topP,
    Integer maxTokens,
    Long seed,
    TokenLimitField tokenLimitField,
    List<String> omit,
    SortedMap<String, String> extra)
    implements Serializable {
  private static final List<String> OMITTABLE = List.of("temperature", "top_p");

  /** Long enough for the reasoning of hard problems. */
  private static final int REASONING_TOKENS = 8192;

  private static final int CAPTION_TOKENS = 2048;
  private static final int VERDICT_TOKENS = 512;
  private static final int SCORE_TOKENS = 64;

  /** A function, and thinking before it. */
  private static final int REPAIR_TOKENS = 2048;

  /** The paper's evaluation. */
  private static final int ANSWER_TOKENS = 800;

  /** Checks the bounds. */
  public SamplingConfig {
    omit = omit == null ? List.of() : List.copyOf(omit);
    extra =
        Collections.unmodifiableSortedMap(extra == null ? new TreeMap<>() : new TreeMap<>(extra));
    Checks checks = new Checks();
    check(checks, temperature != null, temperature, 0, 2, "temperature must be in [0, 2]");
    check(checks, topP != null, topP, 1e-9, 1, "top_p must be in (0, 1]");
    if (maxTokens != null) {
      checks.atLeast(1, "max_tokens", maxTokens);
    }
    for (String field : omit) {
      checks.that(
          OMITTABLE.contains(field),
          "omit must hold none but %s but had '%s'".formatted(OMITTABLE, field));
    }
    checks.orThrow();
  }

  private static void check(
      Checks checks, boolean given, Double value, double low, double high, String rule) {
    checks.that(!given || (value >= low && value <= high), rule + " but was " + value);
  }

  /**
   * What a role is asked with unless the configuration says otherwise: greedily where one reply is
   * right, and at the temperature that its makers advise for a reasoner (0.6, top-p 0.95).
   */
  public static SamplingConfig standard(Role role) {
    return switch (role) {
      case CAPTIONER -> of(0.0, 1.0, CAPTION_TOKENS);
      case REPAIRER -> of(0.0, 1.0, REPAIR_TOKENS);
      case REASONER -> of(0.6, 0.95, REASONING_TOKENS);
      case REWRITER -> of(0.0, 1.0, REASONING_TOKENS);
      case JUDGE -> of(0.0, 1.0, VERDICT_TOKENS);
      case SCORER -> of(0.0, 1.0, SCORE_TOKENS);
      case ANSWERER -> of(0.0, 1.0, ANSWER_TOKENS);
    };
  }

  private static SamplingConfig of(double temperature, double topP, int maxTokens) {
    return new SamplingConfig(
        temperature, topP, maxTokens, null, TokenLimitField.MAX_COMPLETION_TOKENS, null, null);
  }

  /** This, with what is null taken from {@code other}. */
  SamplingConfig orElse(SamplingConfig other) {
    return new SamplingConfig(
        temperature == null ? other.temperature : temperature,
        topP == null ? other.topP : topP,
        maxTokens == null ? other.maxTokens : maxTokens,
        seed == null ? other.seed : seed,
        tokenLimitField == null ? other.tokenLimitField : tokenLimitField,
        omit,
        extra);
  }
}
