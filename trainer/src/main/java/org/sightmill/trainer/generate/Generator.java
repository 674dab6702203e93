package org.sightmill.trainer.generate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Script;
import org.sightmill.trainer.model.DecodeSession;
import org.sightmill.trainer.model.Padding;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.model.PromptPass;
import org.sightmill.trainer.model.QwenConfig;
import org.sightmill.trainer.token.Tokenizer;

/**
 * Samples completions. Pictures and prompts are encoded once however many samples they have;
 * finished rows leave the batch; a sample depends on its seed alone, not on what is sampled beside
 * it.
 */
public final class Generator implements AutoCloseable {
  /** Tokens between two looks at which rows are done. */
  private static final int STRIDE_TOKENS = 8;

  /** Added to a banned token's logit. */
  private static final float BAN = -1e38f;

  private final Scope scope;
  private final Policy policy;
  private final SamplingSettings settings;
  private final Optional<StopStrings> stopStrings;
  private final Script decoder;

  /**
   * A generator for a policy that stays open as long as this is used.
   *
   * @throws IllegalArgumentException if the settings hold stop strings, which need a tokenizer
   */
  public Generator(Scope scope, Policy policy, SamplingSettings settings) {
    this(scope, policy, settings, Optional.empty());
    if (!settings.stopStrings().isEmpty()) {
      throw new IllegalArgumentException(
          "stop strings %s need a tokenizer".formatted(settings.stopStrings()));
    }
  }

  /** A generator that also ends rows at the settings' stop strings. */
  public Generator(Scope scope, Policy policy, SamplingSettings settings, Tokenizer tokenizer) {
    this(
        scope,
        policy,
        settings,
        Optional.of(settings.stopStrings())
            .filter(strings -> !strings.isEmpty())
            .map(strings -> new StopStrings(tokenizer, strings)));
  }

  private Generator(
      Scope scope, Policy policy, SamplingSettings settings, Optional<StopStrings> stopStrings) {
    this.scope = scope;
    this.policy = policy;
    this.settings = settings;
    this.stopStrings = stopStrings;
    this.decoder = policy.decoder(ChooserProgram.text(settings));
  }

  /** The settings in force. */
  public SamplingSettings settings() {
    return settings;
  }

  /**
   * Samples every prompt once per seed.
   *
   * @param seeds for each prompt a seed per sample
   * @return for each prompt its completions, in the order of the seeds
   */
  public List<List<Completion>> generate(
      List<Prompt> prompts, List<long[]> seeds, StopCondition condition) {
    List<Row> rows = rows(prompts, seeds);
    try (PromptPass pass = policy.encode(scope, prompts, Padding.RIGHT, PassMode.FORWARD_ONLY);
        DecodeSession session = policy.decode(scope, pass, owners(rows), decoder, bias())) {
      if (settings.penalises()) {
        session.markSeen(seen(rows, prompts));
      }
      run(session, rows, new Row.Ends(stopStrings, condition));
    }
    return collected(rows, prompts.size());
  }

  private List<Row> rows(List<Prompt> prompts, List<long[]> seeds) {
    if (prompts.size() != seeds.size()) {
      throw new IllegalArgumentException(
          "%d prompts have %d lists of seeds".formatted(prompts.size(), seeds.size()));
    }
    List<Row> rows = new ArrayList<>();
    for (int prompt = 0; prompt < prompts.size(); prompt++) {
      if (seeds.get(prompt).length == 0) {
        throw new IllegalArgumentException("prompt %d has no seed".formatted(prompt));
      }
      for (int sample = 0; sample < seeds.get(prompt).length; sample++) {
        rows.add(new Row(prompt, seeds.get(prompt)[sample], settings.maxTokens()));
      }
    }
    return rows;
  }

  private void run(DecodeSession session, List<Row> all, Row.Ends ends) {
    List<Row> rows = all;
    take(rows, session.first(uniforms(rows, 1)), ends);
    while (true) {
      int[] alive = alive(rows);
      if (alive.length == 0) {
        return;
      }
      if (alive.length < rows.size()) {
        session.keep(alive);
        rows = Arrays.stream(alive).mapToObj(rows::get).toList();
      }
      int count = Math.min(STRIDE_TOKENS, settings.maxTokens() - rows.get(0).count());
      take(rows, session.next(uniforms(rows, count), count), ends);
    }
  }

  private void take(List<Row> rows, DecodeSession.Tokens tokens, Row.Ends ends) {
    for (int row = 0; row < rows.size(); row++) {
      for (int i = 0; i < tokens.count(); i++) {
        int at = row * tokens.count() + i;
        rows.get(row).take((int) tokens.tokens()[at], tokens.logProbs()[at], settings, ends);
      }
    }
  }

  private static int[] alive(List<Row> rows) {
    return IntStream.range(0, rows.size()).filter(row -> !rows.get(row).isDone()).toArray();
  }

  private static int[] owners(List<Row> rows) {
    return rows.stream().mapToInt(Row::prompt).toArray();
  }

  private static float[] uniforms(List<Row> rows, int count) {
    float[] uniforms = new float[rows.size() * count];
    for (int i = 0; i < uniforms.length; i++) {
      uniforms[i] = rows.get(i / count).draw();
    }
    return uniforms;
  }

  /** Vision ids are never chosen: a model fed an image token without a picture is lost. */
  private float[] bias() {
    QwenConfig config = policy.config();
    Set<Integer> banned = new HashSet<>(settings.bannedTokens());
    banned.addAll(
        List.of(
            config.imageToken(),
            config.videoToken(),
            config.visionStartToken(),
            config.visionEndToken()));
    float[] bias = new float[config.text().vocabulary()];
    banned.stream().filter(id -> id >= 0 && id < bias.length).forEach(id -> bias[id] = BAN);
    return bias;
  }

  private boolean[] seen(List<Row> rows, List<Prompt> prompts) {
    int vocabulary = policy.config().text().vocabulary();
    boolean[] seen = new boolean[rows.size() * vocabulary];
    for (int row = 0; row < rows.size(); row++) {
      for (int token : prompts.get(rows.get(row).prompt()).tokens()) {
        seen[row * vocabulary + token] = true;
      }
    }
    return seen;
  }

  private static List<List<Completion>> collected(List<Row> rows, int prompts) {
    List<List<Completion>> completions = new ArrayList<>();
    for (int prompt = 0; prompt < prompts; prompt++) {
      completions.add(new ArrayList<>());
    }
    rows.forEach(row -> completions.get(row.prompt()).add(row.completion()));
    return completions;
  }

  @Override
  public void close() {
    decoder.close();
  }
}
