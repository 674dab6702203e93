package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.sightmill.pipeline.teacher.Role;

/**
 * A JSON schema that the server is held to, and the way back to the plain text that the role's
 * parser reads.
 */
enum ReplySchema {
  /** Plain text. */
  NONE(null),
  /** The judge's word and its reason. */
  VERDICT(
      "{\"type\":\"object\",\"properties\":{\"verdict\":{\"type\":\"string\",\"enum\":[\"yes\","
          + "\"no\"]},\"reason\":{\"type\":\"string\"}},\"required\":[\"verdict\",\"reason\"],"
          + "\"additionalProperties\":false}"),
  /** The scorer's number. */
  SCORE(
      "{\"type\":\"object\",\"properties\":{\"score\":{\"type\":\"number\"}},"
          + "\"required\":[\"score\"],\"additionalProperties\":false}");

  private final String schema;

  ReplySchema(String schema) {
    this.schema = schema;
  }

  static ReplySchema of(Role role) {
    return switch (role) {
      case JUDGE -> VERDICT;
      case SCORER -> SCORE;
      case CAPTIONER, REPAIRER, REASONER, REWRITER, ANSWERER -> NONE;
    };
  }

  /** Writes the field {@code response_format}, unless there is no schema. */
  void write(JsonGenerator json) throws IOException {
    if (schema == null) {
      return;
    }
    json.writeObjectFieldStart("response_format");
    json.writeStringField("type", "json_schema");
    json.writeObjectFieldStart("json_schema");
    json.writeStringField("name", name().toLowerCase(java.util.Locale.ROOT));
    json.writeBooleanField("strict", true);
    json.writeFieldName("schema");
    json.writeRawValue(schema);
    json.writeEndObject();
    json.writeEndObject();
  }

  /** The role's text; a reply that is not of the schema stays as it is, for the parser to judge. */
  String plain(String text) {
    try {
      JsonNode node = this == NONE ? null : Json.read(Utf8.bytes(text));
      if (this == VERDICT && node.hasNonNull("verdict")) {
        return node.get("verdict").asText() + ": " + node.path("reason").asText("");
      }
      return this == SCORE && node.hasNonNull("score") ? node.get("score").asText() : text;
    } catch (IOException e) {
      return this == VERDICT ? Json.firstText(text, "verdict").orElse(text) : text;
    }
  }
}
