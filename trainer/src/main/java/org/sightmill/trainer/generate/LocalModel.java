package org.sightmill.trainer.generate;

import ai.djl.Device;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.image.ImagePreprocessor;
import org.sightmill.trainer.image.ImageSettings;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.Placement;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.VisionConfig;
import org.sightmill.trainer.token.ChatTemplate;
import org.sightmill.trainer.token.Tokenizer;

/**
 * A Hugging Face folder opened for questions: weights, tokenizer, chat template and preprocessing.
 * {@code tokenizer.json} may be missing, then only ids can be asked; {@code
 * preprocessor_config.json} may be missing, then the published models' settings hold and {@link
 * #notes} says so. {@code generation_config.json} is never read. One thread at a time.
 */
public final class LocalModel implements AutoCloseable {
  private final Scope scope;
  private final Policy policy;
  private final Companions companions;

  /** What lies beside the weights. */
  private record Companions(
      Optional<Tokenizer> tokenizer, ImageSettings images, List<String> notes) {}

  private LocalModel(Scope scope, Policy policy, Companions companions) {
    this.scope = scope;
    this.policy = policy;
    this.companions = companions;
  }

  /**
   * Loads a folder, unless something is wrong with it or it does not fit.
   *
   * @param load the largest batch that will be asked, for the memory plan
   * @throws CheckpointException with all that is wrong, before any weight is read
   */
  public static LocalModel open(
      Path folder, Placement placement, PolicyOptions options, MemoryPlan.Load load) {
    List<String> problems = new ArrayList<>(Policy.problems(folder));
    List<String> notes = new ArrayList<>();
    Optional<Tokenizer> tokenizer = tokenizer(folder, problems, notes);
    Optional<ImageSettings> images = images(folder, problems);
    Optional<Device> device = device(placement, problems);
    if (problems.isEmpty()) {
      MemoryPlan.of(folder, options, load).shortage(placement).ifPresent(problems::add);
    }
    if (!problems.isEmpty()) {
      throw new CheckpointException("model " + folder, problems);
    }
    Scope scope = Scope.on(device.orElseThrow());
    Policy policy = load(scope, folder, options);
    ImageSettings settings = images.orElseGet(() -> published(policy.config().vision(), notes));
    return new LocalModel(scope, policy, new Companions(tokenizer, settings, List.copyOf(notes)));
  }

  private static Policy load(Scope scope, Path folder, PolicyOptions options) {
    try {
      return Policy.load(scope, folder, options);
    } catch (RuntimeException e) {
      scope.close();
      throw e;
    }
  }

  private static Optional<Tokenizer> tokenizer(
      Path folder, List<String> problems, List<String> notes) {
    Path file = folder.resolve("tokenizer.json");
    if (!Files.exists(file)) {
      notes.add("no tokenizer.json in %s: only ids can be asked".formatted(folder));
      return Optional.empty();
    }
    try {
      return Optional.of(Tokenizer.load(file));
    } catch (IOException | IllegalArgumentException e) {
      problems.add("[tokenizer.json] " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Optional<ImageSettings> images(Path folder, List<String> problems) {
    Path file = folder.resolve("preprocessor_config.json");
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      return Optional.of(ImageSettings.read(file));
    } catch (IOException | IllegalArgumentException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  private static ImageSettings published(VisionConfig vision, List<String> notes) {
    notes.add("no preprocessor_config.json: pictures as for the published models");
    ImageSettings published = ImageSettings.QWEN25_VL;
    return new ImageSettings(
        vision.patch(),
        vision.temporalPatch(),
        vision.merge(),
        published.minPixels(),
        published.maxPixels(),
        published.mean(),
        published.deviation());
  }

  private static Optional<Device> device(Placement placement, List<String> problems) {
    try {
      return Optional.of(placement.target());
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
      return Optional.empty();
    }
  }

  /** The weights. */
  public Policy policy() {
    return policy;
  }

  /** The scope that everything of this model lives in. */
  public Scope scope() {
    return scope;
  }

  /** The device's name, as {@link Placement} takes it. */
  public String deviceName() {
    return scope.device().isGpu() ? "cuda:" + scope.device().getDeviceId() : "cpu";
  }

  /** The tokenizer, if the folder has one. */
  public Optional<Tokenizer> tokenizer() {
    return companions.tokenizer();
  }

  /** The chat template over the tokenizer, if there is one. */
  public Optional<ChatTemplate> template() {
    return tokenizer().map(ChatTemplate::new);
  }

  /** How pictures are prepared. */
  public ImageSettings imageSettings() {
    return companions.images();
  }

  /** What a person should know about the folder. */
  public List<String> notes() {
    return companions.notes();
  }

  /**
   * Makes prompts for this model.
   *
   * @param images {@link #imageSettings}, perhaps with other limits
   * @param limitTokens longer prompts are refused
   */
  public PromptMaker prompts(ImageSettings images, int limitTokens) {
    return new PromptMaker(policy.config(), template(), new ImagePreprocessor(images), limitTokens);
  }

  @Override
  public void close() {
    policy.close();
    scope.close();
  }
}
