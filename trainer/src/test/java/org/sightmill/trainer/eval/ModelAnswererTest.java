package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.generate.TinyFolder;

class ModelAnswererTest {
  @TempDir private static Path folder;

  private static byte[] picture;

  @BeforeAll
  static void make() throws IOException {
    TinyFolder.write(folder, 5);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), "png", bytes);
    picture = bytes.toByteArray();
  }

  private static ModelAnswerer open(double temperature, int promptLimit) {
    return ModelAnswerer.open(
        folder, new Decoding(Preset.PAPER, 6, temperature, 3, 4, promptLimit), 0);
  }

  private static Query query(String index, byte[] image, String text) {
    return new Query(index, Optional.of("be brief"), List.of(image), text);
  }

  @Test
  void answersWhatItCanAndCountsWhatItCannot() {
    byte[] broken = java.util.Arrays.copyOf(picture, picture.length / 2);
    List<Query> queries =
        List.of(
            query("a", picture, "what?"),
            query("b", new byte[] {1, 2, 3}, "what?"),
            query("c", broken, "what?"),
            query("d", picture, "x".repeat(500)));
    try (ModelAnswerer answerer = open(0, 200)) {
      List<Prediction> answers = answerer.answer(queries);
      assertThat(answers).extracting(Prediction::index).containsExactly("a", "b", "c", "d");
      assertThat(answers.get(0).answered()).isTrue();
      assertThat(answers.get(0).completionTokens()).isBetween(1, 6);
      assertThat(answers.get(0).promptTokens()).isBetween(40, 200);
      assertThat(answers.get(1).outcome()).isEqualTo("IMAGE_NOT_AN_IMAGE");
      assertThat(answers.get(2).outcome()).startsWith("IMAGE_");
      assertThat(answers.get(3).outcome()).isEqualTo("PROMPT_TOO_LONG");
    }
  }

  @Test
  void aSampledAnswerDoesNotDependOnItsNeighbours() {
    try (ModelAnswerer answerer = open(1, 1000)) {
      Query first = query("a", picture, "what?");
      Query second = query("b", picture, "how many of them are there?");
      List<List<Prediction>> together = answerer.sample(List.of(second, first), 3);
      List<List<Prediction>> alone = answerer.sample(List.of(first), 3);
      assertThat(alone.get(0)).extracting(Prediction::response).doesNotHaveDuplicates();
      assertThat(together.get(1))
          .extracting(Prediction::response)
          .isEqualTo(alone.get(0).stream().map(Prediction::response).toList());
    }
  }

  @Test
  void perplexityOfARandomModelIsNearItsVocabulary() {
    try (ModelAnswerer answerer = open(0, 1000)) {
      List<OptionalDouble> values =
          answerer.perplexities(
              List.of(
                  query("a", picture, "what?"),
                  query("b", new byte[] {1}, "what?"),
                  query("c", picture, "what?")),
              List.of("a red car", "a red car", ""));
      assertThat(values.get(0).orElseThrow()).isBetween(100.0, 600.0);
      assertThat(values.get(1)).isEmpty();
      assertThat(values.get(2)).isEmpty();
    }
  }
}
