package org.sightmill.trainer.image;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The folder of golden values: the system property {@code golden.dir}, else the copy of the tests.
 */
final class Golden {
  private static final Path FOLDER =
      Path.of(System.getProperty("golden.dir", "src/test/resources/golden/qwen25vl-tiny"));

  private Golden() {}

  static JsonNode entry(String name) throws IOException {
    return new ObjectMapper().readTree(FOLDER.resolve("golden.json").toFile()).path(name);
  }

  static byte[] bytes(String file) throws IOException {
    return Files.readAllBytes(FOLDER.resolve(file));
  }

  static float[] floats(String file) throws IOException {
    byte[] bytes = bytes(file);
    float[] values = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }
}
