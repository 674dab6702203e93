package org.sightmill.trainer.data;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.grpo.TinySetups;
import org.sightmill.trainer.model.Prompt;

class PromptMakerTest {
  @TempDir static Path folder;

  private static final PromptSettings SETTINGS =
      new PromptSettings(
          "Think.", Map.of(AnswerType.CHOICE, "Answer with a letter."), 300, 784, 3136);

  @BeforeAll
  static void makeModel() {
    try (Scope root = Scope.on(Device.cpu())) {
      TinySetups.model(root, folder);
    }
  }

  @Test
  void optionsAndInstructionStandBehindTheQuestion() throws IOException {
    PromptMaker maker = PromptMaker.load(folder, SETTINGS, path -> new byte[0]);
    assertThat(maker.question(sample("x", AnswerType.CHOICE, List.of("red", "blue"))))
        .isEqualTo("Which?\nA. red\nB. blue\nAnswer with a letter.");
    assertThat(maker.question(sample("x", AnswerType.DIGIT, List.of()))).isEqualTo("Which?");
  }

  @Test
  void aPictureStandsInThePromptWithItsTokens() throws IOException {
    PromptMaker maker = PromptMaker.load(folder, SETTINGS, path -> picture(56));
    PromptOutcome outcome = maker.prompt(sample("a.png", AnswerType.DIGIT, List.of()));
    Prompt prompt = ((PromptOutcome.Ready) outcome).prompt();
    assertThat(prompt.images()).hasSize(1);
    assertThat(prompt.images().get(0).patches()).isEqualTo(16);
    assertThat(maker.text(prompt.tokens())).contains("Think.").contains("Which?");
  }

  @Test
  void whatCannotBeUsedIsRejectedByCode() throws IOException {
    PromptMaker broken = PromptMaker.load(folder, SETTINGS, path -> new byte[] {1, 2});
    PromptMaker missing =
        PromptMaker.load(
            folder,
            SETTINGS,
            path -> {
              throw new IOException("no such file");
            });
    VisualSample sample = sample("a.png", AnswerType.DIGIT, List.of());
    assertThat(((PromptOutcome.Rejected) broken.prompt(sample)).code()).startsWith("IMAGE_");
    PromptOutcome.Rejected gone = (PromptOutcome.Rejected) missing.prompt(sample);
    assertThat(gone.code()).isEqualTo("IMAGE_UNREADABLE");
    assertThat(gone.detail()).contains("a.png").contains("no such file");
  }

  private static VisualSample sample(String image, AnswerType type, List<String> options) {
    return new VisualSample("s", image, "Which?", options, "A", type, null);
  }

  private static byte[] picture(int side) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(side, side, BufferedImage.TYPE_INT_RGB), "png", bytes);
    return bytes.toByteArray();
  }
}
