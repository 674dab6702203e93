package org.sightmill.pipeline.teacher;

import java.io.Serializable;
import java.net.URI;
import java.net.URISyntaxException;
import org.sightmill.pipeline.check.Checks;

/**
 * One place where a model is served. Holds where a key is found, never the key.
 *
 * @param url the base URL, up to and with {@code /v1} where the server has it; http or https
 * @param weight its share beside the other endpoints, above 0; null means 1
 * @param maxInFlight most calls that one executor has open here; null for what flow control finds
 * @param apiKeyEnv environment variable of every executor that holds the key; null for none
 * @param apiKeyFile file on every executor that holds the key; null for none
 */
public record EndpointConfig(
    String url, Double weight, Integer maxInFlight, String apiKeyEnv, String apiKeyFile)
    implements Serializable {

  /** Checks all of it; a slash at the end of the URL goes. */
  public EndpointConfig {
    weight = weight == null ? 1.0 : weight;
    Checks checks = new Checks().notBlank("url", url);
    String problem = url == null || url.isBlank() ? null : problem(url);
    checks
        .that(problem == null, "url " + problem)
        .that(weight > 0 && weight <= 1e6, "weight must be in (0, 1000000] but was " + weight)
        .that(
            apiKeyEnv == null || apiKeyFile == null,
            "api_key_env and api_key_file exclude each other");
    if (maxInFlight != null) {
      checks.atLeast(1, "max_in_flight", maxInFlight);
    }
    checks.orThrow();
    url = url.replaceAll("/+$", "");
  }

  /** An endpoint with weight 1 and no key. */
  public static EndpointConfig of(String url) {
    return new EndpointConfig(url, null, null, null, null);
  }

  private static String problem(String url) {
    try {
      URI uri = new URI(url);
      boolean web = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
      if (uri.getRawUserInfo() != null) {
        return "must not hold a user or password: use api_key_env or api_key_file";
      }
      boolean plain = uri.getRawQuery() == null && uri.getRawFragment() == null;
      return web && uri.getHost() != null && plain
          ? null
          : "must be like http://host:8000/v1 but was '%s'".formatted(url);
    } catch (URISyntaxException e) {
      return "must be like http://host:8000/v1 but was '%s'".formatted(url);
    }
  }
}
