package org.sightmill.trainer.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sightmill.trainer.model.GoldenModel;

class ImageGoldenTest {
  private static final GoldenModel GOLDEN = GoldenModel.open();

  @TestFactory
  Stream<DynamicTest> smartResizeGivesTheReferenceSizes() {
    JsonNode cases = GOLDEN.at("/smart_resize");
    assertThat(cases).isNotEmpty();
    return StreamSupport.stream(cases.spliterator(), false)
        .map(c -> DynamicTest.dynamicTest(c.toString(), () -> checkSize(c)));
  }

  private static void checkSize(JsonNode c) {
    ImageSettings settings =
        ImageSettings.QWEN25_VL.withPixels(
            c.path("min_pixels").asLong(), c.path("max_pixels").asLong());
    ImageSize out = new ImageSize(c.path("out").get(0).asInt(), c.path("out").get(1).asInt());
    ImageSize in = new ImageSize(c.path("h").asInt(), c.path("w").asInt());
    assertThat(new ImagePreprocessor(settings).target(in)).isEqualTo(ImageResult.usable(out));
  }

  @Test
  void pixelValuesEqualTheReferenceBitForBit() {
    JsonNode image = GOLDEN.at("/image");
    ImageSize size = new ImageSize(image.path("height").asInt(), image.path("width").asInt());
    RgbPicture picture = RgbPicture.of(size, GOLDEN.bytes(image.path("file").asText()));
    PixelValues values =
        Pictures.usable(new ImagePreprocessor(ImageSettings.QWEN25_VL).prepare(picture));

    JsonNode shape = image.path("pixel_values").get(1);
    assertThat(values.patches()).isEqualTo(shape.get(0).asInt());
    assertThat(ImageSettings.QWEN25_VL.patchValues()).isEqualTo(shape.get(1).asInt());
    assertThat(values.gridThw()).containsExactly(grid(image.path("grid_thw").get(0)));
    assertThat(values.values())
        .containsExactly(GOLDEN.floats(image.path("pixel_values").get(0).asText()));
  }

  private static long[] grid(JsonNode thw) {
    return StreamSupport.stream(thw.spliterator(), false).mapToLong(JsonNode::asLong).toArray();
  }
}
