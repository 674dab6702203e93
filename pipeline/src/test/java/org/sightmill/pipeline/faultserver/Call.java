package org.sightmill.pipeline.faultserver;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * One request.
 *
 * @param number from 0, in the order of arrival
 * @param headers by lower-case name
 */
public record Call(long number, String path, Map<String, String> headers, byte[] body) {

  /** The body as text. */
  public String text() {
    return new String(body, StandardCharsets.UTF_8);
  }
}
