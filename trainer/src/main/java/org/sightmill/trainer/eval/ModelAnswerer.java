package org.sightmill.trainer.eval;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.engine.EngineInfo;
import org.sightmill.trainer.generate.Completion;
import org.sightmill.trainer.generate.Generator;
import org.sightmill.trainer.generate.LocalModel;
import org.sightmill.trainer.generate.SamplingSettings;
import org.sightmill.trainer.generate.Scorer;
import org.sightmill.trainer.generate.StopCondition;
import org.sightmill.trainer.generate.StopReason;
import org.sightmill.trainer.image.ImagePreprocessor;
import org.sightmill.trainer.image.ImageResult;
import org.sightmill.trainer.image.ImageSettings;
import org.sightmill.trainer.image.PixelValues;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.PatchGrid;
import org.sightmill.trainer.model.Placement;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.token.ChatMessage;
import org.sightmill.trainer.token.ChatTemplate;
import org.sightmill.trainer.token.ControlTokens;
import org.sightmill.trainer.token.PromptResult;
import org.sightmill.trainer.token.Tokenizer;

/** A model folder that answers. Every picture is decoded once, when its query is prepared. */
public final class ModelAnswerer implements Answerer {
  /** What the memory plan counts on for a prompt; longer ones are rare in benchmarks. */
  private static final int PLANNED_PROMPT_TOKENS = 4_096;

  private final LocalModel model;
  private final Tokenizer tokenizer;
  private final ChatTemplate template;
  private final ImagePreprocessor pictures;
  private final Generator generator;
  private final Decoding decoding;

  private ModelAnswerer(LocalModel model, Tokenizer tokenizer, Decoding decoding) {
    this.model = model;
    this.tokenizer = tokenizer;
    this.template = new ChatTemplate(tokenizer);
    this.pictures = new ImagePreprocessor(within(decoding.preset(), model.imageSettings()));
    this.decoding = decoding;
    Set<Integer> stops = Set.of(template.turnEnd());
    SamplingSettings settings =
        decoding.temperature() == 0
            ? SamplingSettings.greedy(decoding.newTokens(), stops)
            : SamplingSettings.sampled(decoding.temperature(), decoding.newTokens(), stops);
    this.generator = new Generator(model.scope(), model.policy(), settings);
  }

  /**
   * Loads a Hugging Face folder with its tokenizer, in bfloat16 on a GPU when there is one.
   *
   * @param device its number among the GPUs; ignored without one
   * @throws CheckpointException with all that is wrong with the folder
   */
  public static ModelAnswerer open(Path folder, Decoding decoding, int device) {
    boolean gpu = EngineInfo.find().map(EngineInfo::gpus).orElse(0) > 0;
    Placement placement =
        gpu ? new Placement("cuda:" + device, "bfloat16") : new Placement("cpu", "float32");
    MemoryPlan.Load load =
        new MemoryPlan.Load(
            decoding.batch(), PLANNED_PROMPT_TOKENS + decoding.newTokens(), PassMode.FORWARD_ONLY);
    LocalModel model = LocalModel.open(folder, placement, placement.frozen(), load);
    if (model.tokenizer().isEmpty()) {
      model.close();
      throw new CheckpointException("model " + folder, model.notes());
    }
    return new ModelAnswerer(model, model.tokenizer().get(), decoding);
  }

  /** The preset's limits, but never more than the model itself takes: a tiny one takes little. */
  private static ImageSettings within(Preset preset, ImageSettings own) {
    long most = Math.min(preset.maxPixels(), own.maxPixels());
    return own.withPixels(Math.min(preset.minPixels(), most), most);
  }

  @Override
  public int batch() {
    return decoding.batch();
  }

  /** A query that became a prompt. */
  private record Asked(int place, Prompt prompt) {}

  /**
   * Makes prompts.
   *
   * @param asked gets the queries that became one
   * @return for each of the others its reason; null at the places of {@code asked}
   */
  private List<Prediction> prepare(List<Query> queries, List<Asked> asked) {
    List<Prediction> refused = new ArrayList<>();
    for (Query query : queries) {
      refused.add(prepare(query, refused.size(), asked));
    }
    return refused;
  }

  private Prediction prepare(Query query, int place, List<Asked> asked) {
    List<ChatMessage.Part> parts = new ArrayList<>();
    List<PatchGrid> grids = new ArrayList<>();
    for (byte[] image : query.images()) {
      ImageResult<PixelValues> result = pictures.prepare(image);
      if (result instanceof ImageResult.Unusable<PixelValues> unusable) {
        return Prediction.none(query.index(), unusable.fault().code());
      }
      PixelValues pixels = ((ImageResult.Usable<PixelValues>) result).value();
      long[] grid = pixels.gridThw();
      parts.add(new ChatMessage.Picture(pixels.tokens()));
      grids.add(new PatchGrid(pixels.values(), (int) grid[0], (int) grid[1], (int) grid[2]));
    }
    parts.add(new ChatMessage.Text(query.text()));
    PromptResult prompt = template.prompt(messages(query, parts), decoding.promptLimit());
    if (prompt instanceof PromptResult.Fitting fitting) {
      asked.add(new Asked(place, new Prompt(fitting.ids(), grids)));
      return null;
    }
    return Prediction.none(query.index(), PromptResult.TooLong.CODE);
  }

  private static List<ChatMessage> messages(Query query, List<ChatMessage.Part> parts) {
    List<ChatMessage> messages = new ArrayList<>();
    query.system().ifPresent(text -> messages.add(ChatMessage.of(ChatMessage.Role.SYSTEM, text)));
    messages.add(new ChatMessage(ChatMessage.Role.USER, parts));
    return messages;
  }

  @Override
  public List<List<Prediction>> sample(List<Query> queries, int samples) {
    List<Asked> asked = new ArrayList<>();
    List<List<Prediction>> answers = new ArrayList<>();
    for (Prediction refused : prepare(queries, asked)) {
      answers.add(Collections.singletonList(refused));
    }
    if (!asked.isEmpty()) {
      generate(queries, asked, samples, answers);
    }
    return answers;
  }

  private void generate(
      List<Query> queries, List<Asked> asked, int samples, List<List<Prediction>> answers) {
    long start = System.nanoTime();
    List<List<Completion>> completions =
        generator.generate(
            asked.stream().map(Asked::prompt).toList(),
            asked.stream().map(a -> seeds(queries.get(a.place()), samples)).toList(),
            StopCondition.NEVER);
    double seconds = (System.nanoTime() - start) / 1e9 / asked.size() / samples;
    for (int i = 0; i < asked.size(); i++) {
      Asked one = asked.get(i);
      String index = queries.get(one.place()).index();
      answers.set(
          one.place(),
          completions.get(i).stream()
              .map(completion -> prediction(index, one.prompt(), completion, seconds))
              .toList());
    }
  }

  private Prediction prediction(
      String index, Prompt prompt, Completion completion, double seconds) {
    return new Prediction(
        index,
        Prediction.ANSWERED,
        tokenizer.decode(completion.tokens(), ControlTokens.SKIP),
        completion.reason() == StopReason.LENGTH,
        prompt.length(),
        completion.tokens().length,
        seconds);
  }

  /** Depend on the item alone, so that results do not depend on what is generated beside it. */
  private long[] seeds(Query query, int samples) {
    SplittableRandom random =
        new SplittableRandom(decoding.seed() * 1_000_003L + query.index().hashCode());
    return random.longs(samples).toArray();
  }

  @Override
  public List<OptionalDouble> perplexities(List<Query> queries, List<String> completions) {
    List<Asked> asked = new ArrayList<>();
    prepare(queries, asked);
    asked.removeIf(one -> completions.get(one.place()).isEmpty());
    List<OptionalDouble> values =
        new ArrayList<>(Collections.nCopies(queries.size(), OptionalDouble.empty()));
    if (!asked.isEmpty()) {
      List<float[]> scores =
          new Scorer(model.scope(), model.policy())
              .score(
                  asked.stream()
                      .map(
                          one ->
                              new Scorer.Item(
                                  one.prompt(), template.reply(completions.get(one.place()))))
                      .toList());
      for (int i = 0; i < asked.size(); i++) {
        values.set(asked.get(i).place(), OptionalDouble.of(Scorer.perplexity(scores.get(i))));
      }
    }
    return values;
  }

  @Override
  public void close() {
    generator.close();
    model.close();
  }
}
