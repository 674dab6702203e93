package org.sightmill.trainer.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageSettingsTest {
  private static final String REST =
      """
      "patch_size": 14, "temporal_patch_size": 2, "merge_size": 2,
      "image_mean": [0.48145466, 0.4578275, 0.40821073],
      "image_std": [0.26862954, 0.26130258, 0.27577711]}
      """;

  @TempDir Path folder;

  @Test
  void readsThePublishedForm() throws IOException {
    assertThat(read("{\"min_pixels\": 3136, \"max_pixels\": 12845056, " + REST))
        .isEqualTo(ImageSettings.QWEN25_VL);
  }

  @Test
  void readsTheNewerFormWithEdges() throws IOException {
    assertThat(read("{\"size\": {\"shortest_edge\": 3136, \"longest_edge\": 401408}, " + REST))
        .isEqualTo(ImageSettings.QWEN25_VL.withPixels(3136, 401408));
  }

  @Test
  void letsTheOldNameWin() throws IOException {
    assertThat(
            read("{\"min_pixels\": 6272, \"max_pixels\": 12544, \"size\": {\"shortest_edge\": 1}, "
                    + REST)
                .minPixels())
        .isEqualTo(6272);
  }

  @Test
  void namesWhatIsMissing() {
    assertThatThrownBy(() -> read("{\"min_pixels\": 3136, " + REST))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("[%s] max_pixels is missing or no whole number", file());
  }

  @Test
  void refusesAnotherRescaling() {
    assertThatThrownBy(() -> read("{\"rescale_factor\": 0.5, " + REST))
        .hasMessage("[%s] rescale_factor must be 1/255 but was 0.5", file());
  }

  @Test
  void refusesCrossedLimits() {
    assertThatThrownBy(() -> ImageSettings.QWEN25_VL.withPixels(3136, 3135))
        .hasMessage("max_pixels 3135 is below min_pixels 3136");
  }

  private ImageSettings read(String json) throws IOException {
    return ImageSettings.read(Files.writeString(file(), json));
  }

  private Path file() {
    return folder.resolve("preprocessor_config.json");
  }
}
