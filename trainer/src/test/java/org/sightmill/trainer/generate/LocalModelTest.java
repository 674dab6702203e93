package org.sightmill.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Placement;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.token.ControlTokens;

class LocalModelTest {
  private static final Placement CPU = new Placement("cpu", "float32");
  private static final MemoryPlan.Load SMALL = new MemoryPlan.Load(2, 200, PassMode.FORWARD_ONLY);
  private static final int IMAGE = 268;

  @TempDir static Path folder;
  private static Path picture;
  private static LocalModel model;

  @BeforeAll
  static void open() throws IOException {
    TinyFolder.write(folder.resolve("tiny"), 2);
    model = open("tiny");
    picture = folder.resolve("grey.png");
    ImageIO.write(new BufferedImage(56, 84, BufferedImage.TYPE_INT_RGB), "png", picture.toFile());
  }

  @AfterAll
  static void close() {
    model.close();
  }

  private static LocalModel open(String name) {
    return LocalModel.open(folder.resolve(name), CPU, CPU.frozen(), SMALL);
  }

  private static PromptMaker prompts(int limit) {
    return model.prompts(model.imageSettings(), limit);
  }

  private static Prompt ready(Prepared prepared) {
    return ((Prepared.Ready) prepared).prompt();
  }

  private static String code(Prepared prepared) {
    return ((Prepared.Refused) prepared).code();
  }

  @Test
  void theSameSeedMakesTheSameFolder() throws IOException {
    TinyFolder.write(folder.resolve("again"), 2);
    for (String file :
        List.of("model.safetensors", "config.json", "tokenizer.json", "preprocessor_config.json")) {
      assertThat(folder.resolve("again").resolve(file))
          .hasSameBinaryContentAs(folder.resolve("tiny").resolve(file));
    }
  }

  @Test
  void picturesStandBeforeTheTextAndInstructionsReplaceTheTemplates() {
    Prompt prompt = ready(prompts(200).chat(Optional.of("Be brief."), List.of(picture), "Why?"));
    String text = model.tokenizer().orElseThrow().decode(prompt.tokens(), ControlTokens.WRITE);
    assertThat(text)
        .isEqualTo(
            "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\n<|vision_start|>"
                + "<|image_pad|>".repeat(6)
                + "<|vision_end|>Why?<|im_end|>\n<|im_start|>assistant\n");
    assertThat(prompt.images()).hasSize(1);
  }

  @Test
  void aPictureAmongIdsIsOneTokenOrAllOfThem() {
    int[] one = {65, IMAGE, 66};
    int[] all = {65, IMAGE, IMAGE, IMAGE, IMAGE, IMAGE, IMAGE, 66};
    assertThat(ready(prompts(200).ids(List.of(picture), one)).tokens()).containsExactly(all);
    assertThat(ready(prompts(200).ids(List.of(picture), all)).tokens()).containsExactly(all);
    int[] split = {IMAGE, IMAGE, IMAGE, 65, IMAGE, IMAGE, IMAGE};
    assertThat(code(prompts(200).ids(List.of(picture), split))).isEqualTo("IMAGE_TOKENS_MISMATCH");
    assertThat(code(prompts(200).ids(List.of(), one))).isEqualTo("IMAGE_TOKENS_MISMATCH");
    assertThat(code(prompts(200).ids(List.of(), new int[0]))).isEqualTo("EMPTY_PROMPT");
    assertThat(code(prompts(7).ids(List.of(picture), one))).isEqualTo("PROMPT_TOO_LONG");
  }

  @Test
  void aPictureThatCannotBeReadIsAReason() {
    Prepared prepared = prompts(99).ids(List.of(folder.resolve("none.png")), new int[] {IMAGE});
    assertThat(code(prepared)).isEqualTo("IMAGE_MISSING");
    assertThat(((Prepared.Refused) prepared).detail()).contains("none.png");
  }

  @Test
  void equalPromptsOfABatchScoreAsTheyDoAlone() {
    Scorer scorer = new Scorer(model.scope(), model.policy());
    Prompt shared = ready(prompts(200).ids(List.of(picture), new int[] {65, IMAGE, 66}));
    Prompt again = ready(prompts(200).ids(List.of(picture), new int[] {65, IMAGE, 66}));
    Prompt other = ready(prompts(200).ids(List.of(), new int[] {70, 71}));
    List<Scorer.Item> items =
        List.of(
            new Scorer.Item(other, new int[] {80, 81, 82}),
            new Scorer.Item(shared, new int[] {90}),
            new Scorer.Item(other, new int[] {83}),
            new Scorer.Item(again, new int[] {91, 92, 258}));
    List<float[]> together = scorer.score(items);
    for (int i = 0; i < items.size(); i++) {
      assertThat(together.get(i))
          .containsExactly(scorer.score(items.subList(i, i + 1)).get(0), within(1e-5f));
    }
    assertThat(Scorer.perplexity(new float[] {-1, -3})).isEqualTo(Math.exp(2), within(1e-12));
  }

  @Test
  void withoutATokenizerOnlyIdsCanBeAsked() throws IOException {
    copy("bare", "config.json", "model.safetensors");
    try (LocalModel bare = open("bare")) {
      PromptMaker prompts = bare.prompts(bare.imageSettings(), 99);
      assertThat(code(prompts.chat(Optional.empty(), List.of(), "Hi"))).isEqualTo("NO_TOKENIZER");
      assertThat(ready(prompts.ids(List.of(), new int[] {65})).tokens()).containsExactly(65);
      assertThat(bare.notes()).hasSize(2).anyMatch(note -> note.contains("tokenizer.json"));
    }
  }

  private static void copy(String name, String... files) throws IOException {
    Path target = Files.createDirectories(folder.resolve(name));
    for (String file : files) {
      Files.copy(folder.resolve("tiny").resolve(file), target.resolve(file));
    }
  }

  @Test
  void allThatIsWrongWithAFolderComesInOneError() throws IOException {
    copy("wrong", "config.json", "model.safetensors");
    byte[] weights = Files.readAllBytes(folder.resolve("wrong/model.safetensors"));
    Files.write(
        folder.resolve("wrong/model.safetensors"), Arrays.copyOf(weights, weights.length - 4));
    Files.writeString(folder.resolve("wrong/tokenizer.json"), "{}");
    Files.writeString(folder.resolve("wrong/preprocessor_config.json"), "{\"patch_size\": 14}");
    assertThatThrownBy(() -> open("wrong"))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("(truncated?)")
        .hasMessageContaining("[tokenizer.json]")
        .hasMessageContaining("temporal_patch_size is missing");
  }

  @Test
  void whatCannotFitIsRefusedBeforeLoading() {
    MemoryPlan.Load huge = new MemoryPlan.Load(1000, 100_000_000, PassMode.FORWARD_ONLY);
    assertThatThrownBy(() -> LocalModel.open(folder.resolve("tiny"), CPU, CPU.frozen(), huge))
        .isInstanceOf(CheckpointException.class)
        .hasMessageContaining("the run needs at least ")
        .hasMessageContaining("MiB but the device has ");
  }

  @Test
  void placesThatThereAreNotAreNamed() {
    assertThatThrownBy(() -> new Placement("tpu", "float32"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("device must be auto, cpu, cuda or cuda:N but was 'tpu'");
    assertThatThrownBy(() -> new Placement("cpu", "float64"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("dtype must be float32 or bfloat16 but was 'float64'");
    assertThatThrownBy(() -> new Placement("cuda:99", "float32").target())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("device cuda:99: the native library sees ");
  }
}
