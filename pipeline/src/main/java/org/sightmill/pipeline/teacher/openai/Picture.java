package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Base64;

/**
 * A picture as it is sent.
 *
 * @param mediaType {@code image/jpeg} or {@code image/png}
 */
record Picture(String mediaType, byte[] bytes) {

  /** The data URL, as a JSON value. */
  void writeUrl(JsonGenerator json) throws IOException {
    json.writeString("data:" + mediaType + ";base64," + base64());
  }

  String base64() {
    return Base64.getEncoder().encodeToString(bytes);
  }
}
