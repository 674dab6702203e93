package org.sightmill.pipeline.teacher;

import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.teacher.spend.Prices;
import org.sightmill.pipeline.teacher.spend.Rates;

/**
 * Who plays a role. Provider and model are enough for a teacher without a network; everything from
 * {@code endpoints} on is for teachers that call servers. Groups that are null were not given; the
 * teacher has defaults for them.
 *
 * @param provider the {@link Teacher#name}
 * @param model the model as the provider names it; null where the provider has one
 * @param options further options of the provider by name, all of which decide its replies
 * @param budgetUsd the hard cap on what a run may spend on this role, in US dollars; null = none.
 *     Like prices and rates it does not decide replies
 * @param prices what tokens cost
 * @param rates what all tasks together may do in a second
 * @param endpoints where the model is served
 * @param sampling how replies are drawn
 * @param pictures what pictures are sent as
 * @param shape whether replies are held to a JSON schema; null means text
 * @param form how a scorer is asked; null means chat
 * @param timeouts how long a call may take
 * @param retries how long it is tried again
 */
public record TeacherConfig(
    String provider,
    String model,
    SortedMap<String, String> options,
    Double budgetUsd,
    Prices prices,
    Rates rates,
    List<EndpointConfig> endpoints,
    SamplingConfig sampling,
    PictureConfig pictures,
    ReplyShape shape,
    ScorerForm form,
    Timeouts timeouts,
    Retries retries)
    implements Serializable {
  /** The offline default. */
  public static final String BUILTIN = "builtin";

  /** OpenAI-compatible endpoints. */
  public static final String OPENAI = "openai";

  /** US dollars; what fits into 64 bits of a billionth of a dollar. */
  private static final double MOST_USD = 1e9;

  /** Checks what holds for every provider, and that a cap can be held. */
  public TeacherConfig {
    prices = prices == null ? Prices.DEFAULT : prices;
    rates = rates == null ? Rates.DEFAULT : rates;
    endpoints = endpoints == null ? List.of() : List.copyOf(endpoints);
    options = Collections.unmodifiableSortedMap(new TreeMap<>(options));
    new Checks()
        .notBlank("provider", provider)
        .that(
            budgetUsd == null || (budgetUsd > 0 && budgetUsd <= MOST_USD),
            "budget_usd must be over 0 and at most %.0f but was %s".formatted(MOST_USD, budgetUsd))
        .that(
            budgetUsd == null || !prices.areFree(),
            "budget_usd needs prices: without them every call seems to cost nothing")
        .that(
            !OPENAI.equals(provider) || !endpoints.isEmpty(),
            "endpoints must name at least one, such as {url: \"http://host:8000/v1\"}")
        .that(
            !OPENAI.equals(provider) || (model != null && !model.isBlank()),
            "model is required: the name that the server knows it by")
        .orThrow();
  }

  /** A teacher that calls no server. */
  public TeacherConfig(String provider, String model, SortedMap<String, String> options) {
    this(provider, model, options, null, null, null, null, null, null, null, null, null, null);
  }

  /** The offline default of every role. */
  public static TeacherConfig builtin() {
    return new TeacherConfig(BUILTIN, null, new TreeMap<>());
  }

  /** How replies are drawn for this role, everything filled in. */
  public SamplingConfig samplingFor(Role role) {
    SamplingConfig standard = SamplingConfig.standard(role);
    return sampling == null ? standard : sampling.orElse(standard);
  }

  /**
   * Everything that decides a reply, by name, for fingerprints: no URL, key, price, limit or
   * timeout among it.
   */
  public SortedMap<String, String> semantics(Role role) {
    SortedMap<String, String> parts = new TreeMap<>();
    parts.put("provider", provider);
    parts.put("model", String.valueOf(model));
    parts.putAll(options);
    if (!endpoints.isEmpty()) {
      parts.put("sampling", samplingFor(role).toString());
      parts.put("pictures", (pictures == null ? PictureConfig.STANDARD : pictures).transform());
      parts.put("shape", String.valueOf(shape));
      parts.put("form", String.valueOf(form));
    }
    return parts;
  }
}
