import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.generate.Generator;
import org.sightmill.trainer.generate.SamplingSettings;
import org.sightmill.trainer.generate.StopCondition;
import org.sightmill.trainer.model.CompletionPass;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Padding;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.PatchGrid;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.model.PromptPass;
import org.sightmill.trainer.optim.AdamW;
import org.sightmill.trainer.optim.AdamWSettings;

/**
 * The Java half of side_by_side.py: {@code FOLDER TYPE CASE ROWS TOKENS SECONDS} prints tokens per
 * second of one case, after a warm-up of a fifth of the time.
 */
public final class SideBySide {
  private static final int GROUP = 8;
  private static final int IMAGE_SIDE_PATCHES = 32;
  private static final int PROMPT_TOKENS = 16;

  private interface Work {
    long run() throws Exception;
  }

  public static void main(String[] args) throws Exception {
    ComputeType compute = ComputeType.valueOf(args[1]);
    int rows = Integer.parseInt(args[3]);
    int tokens = Integer.parseInt(args[4]);
    double seconds = Double.parseDouble(args[5]);
    boolean trains = args[2].contains("train");
    PolicyOptions options =
        trains ? PolicyOptions.whole(compute) : PolicyOptions.frozen(compute);
    try (Scope root = Scope.on(Device.cpu());
        Policy policy = Policy.load(root, Path.of(args[0]), options)) {
      Work work =
          switch (args[2]) {
            case "train" -> train(root, policy, rows, tokens);
            case "decode" -> decode(root, policy, rows, tokens);
            case "group" -> group(root, policy, tokens);
            case "group-train" -> groupTrain(root, policy, tokens);
            default -> throw new IllegalArgumentException(args[2]);
          };
      timed(work, seconds / 5);
      System.out.println(timed(work, seconds));
    }
  }

  private static double timed(Work work, double seconds) throws Exception {
    long start = System.nanoTime();
    long count = 0;
    do {
      count += work.run();
    } while (System.nanoTime() - start < seconds * 1e9);
    return count / ((System.nanoTime() - start) / 1e9);
  }

  private static Work train(Scope root, Policy policy, int rows, int tokens) {
    AdamW optimizer = new AdamW(root, policy.masters(), AdamWSettings.DEFAULT);
    List<Prompt> prompts =
        IntStream.range(0, rows).mapToObj(row -> new Prompt(ids(row, tokens), List.of())).toList();
    List<boolean[]> all = prompts.stream().map(p -> chosen(p.length())).toList();
    return () -> {
      try (Scope scope = root.child();
          Gradients gradients = policy.newGradients(scope)) {
        try (PromptPass pass =
            policy.encode(scope, prompts, Padding.RIGHT, PassMode.KEEP_ACTIVATIONS)) {
          pass.raise(all, -1.0 / (rows * (tokens - 1)), gradients);
          pass.backward(gradients);
        }
        optimizer.step(gradients.inOrder(), 1e-5);
        policy.refresh();
      }
      return (long) rows * tokens;
    };
  }

  private static Work decode(Scope root, Policy policy, int rows, int tokens) {
    Generator generator =
        new Generator(root, policy, SamplingSettings.sampled(1, tokens, Set.of()));
    List<Prompt> prompts =
        IntStream.range(0, rows)
            .mapToObj(row -> new Prompt(ids(row, PROMPT_TOKENS), List.of()))
            .toList();
    List<long[]> seeds = prompts.stream().map(p -> new long[] {1}).toList();
    return () -> {
      generator.generate(prompts, seeds, StopCondition.NEVER);
      return (long) rows * tokens;
    };
  }

  private static Work group(Scope root, Policy policy, int tokens) {
    Generator generator =
        new Generator(root, policy, SamplingSettings.sampled(1, tokens, Set.of()));
    List<Prompt> prompts = List.of(picturePrompt(policy));
    List<long[]> seeds = List.of(IntStream.range(0, GROUP).asLongStream().toArray());
    return () -> {
      generator.generate(prompts, seeds, StopCondition.NEVER);
      return (long) GROUP * tokens;
    };
  }

  private static Work groupTrain(Scope root, Policy policy, int tokens) {
    List<Prompt> prompts = List.of(picturePrompt(policy));
    List<int[]> completions = new ArrayList<>();
    for (int row = 0; row < GROUP; row++) {
      completions.add(ids(row, tokens));
    }
    float[] upstream = new float[GROUP * tokens];
    Arrays.fill(upstream, -1f / upstream.length);
    return () -> {
      try (Scope scope = root.child();
          Gradients gradients = policy.newGradients(scope);
          PromptPass pass =
              policy.encode(scope, prompts, Padding.RIGHT, PassMode.KEEP_ACTIVATIONS);
          CompletionPass continued = pass.extend(new int[GROUP], completions, 1)) {
        continued.score(scope);
        NDArray given = scope.floats(upstream, GROUP, tokens);
        continued.backward(given, Optional.empty(), gradients);
        pass.backward(gradients);
      }
      return (long) GROUP * tokens;
    };
  }

  private static Prompt picturePrompt(Policy policy) {
    int patches = IMAGE_SIDE_PATCHES * IMAGE_SIDE_PATCHES;
    float[] values = new float[patches * policy.config().vision().patchWidth()];
    Random random = new Random(0);
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) random.nextGaussian();
    }
    int imageTokens = patches / policy.config().vision().mergeUnit();
    int[] ids = ids(0, imageTokens + PROMPT_TOKENS);
    Arrays.fill(ids, 4, 4 + imageTokens, policy.config().imageToken());
    PatchGrid grid = new PatchGrid(values, 1, IMAGE_SIDE_PATCHES, IMAGE_SIDE_PATCHES);
    return new Prompt(ids, List.of(grid));
  }

  private static int[] ids(int seed, int count) {
    return new Random(seed).ints(count, 5, 2000).toArray();
  }

  private static boolean[] chosen(int length) {
    boolean[] chosen = new boolean[length];
    Arrays.fill(chosen, 1, length, true);
    return chosen;
  }
}
