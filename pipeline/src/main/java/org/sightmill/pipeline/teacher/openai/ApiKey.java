package org.sightmill.pipeline.teacher.openai;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.sightmill.pipeline.teacher.EndpointConfig;

/** Reads an endpoint's key where the endpoint is called. No message says what it is. */
final class ApiKey {
  private static final int MAX_CHARS = 16 << 10;

  private ApiKey() {}

  /**
   * The key; empty when the endpoint needs none.
   *
   * @param environment the variables of this process
   * @throws IllegalStateException naming the place when there is no usable key there
   */
  static Optional<String> of(EndpointConfig endpoint, UnaryOperator<String> environment) {
    if (endpoint.apiKeyEnv() != null) {
      String key = environment.apply(endpoint.apiKeyEnv());
      return Optional.of(checked(key, "environment variable " + endpoint.apiKeyEnv()));
    }
    return endpoint.apiKeyFile() == null
        ? Optional.empty()
        : Optional.of(checked(text(endpoint.apiKeyFile()), "file " + endpoint.apiKeyFile()));
  }

  private static String text(String file) {
    try {
      return Files.readString(Path.of(file));
    } catch (IOException e) {
      throw new IllegalStateException(
          "the API key's file %s can't be read on this executor: %s"
              .formatted(file, e.getClass().getSimpleName()),
          e);
    }
  }

  private static String checked(String key, String place) {
    String stripped = key == null ? "" : key.strip();
    boolean sendable = stripped.chars().allMatch(c -> c > ' ' && c < 127);
    if (stripped.isEmpty() || !sendable || stripped.length() > MAX_CHARS) {
      String what = stripped.isEmpty() ? "holds no API key" : "holds what can't be an API key";
      throw new IllegalStateException(place + " " + what + " on this executor");
    }
    return stripped;
  }
}
