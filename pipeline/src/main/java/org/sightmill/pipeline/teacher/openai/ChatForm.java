package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.sightmill.pipeline.teacher.PictureConfig;
import org.sightmill.pipeline.teacher.ReplyShape;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.SamplingConfig;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.TeacherRow;

/** OpenAI's chat completions, without streaming: a reply is kept whole or not at all. */
final class ChatForm implements RequestForm {
  private static final Set<Role> LOOK = Set.of(Role.CAPTIONER, Role.SCORER, Role.ANSWERER);

  private final Role role;
  private final String model;
  private final SamplingConfig sampling;
  private final PictureConfig pictures;
  private final ReplySchema schema;
  private final ChatReply reply;

  ChatForm(Role role, TeacherConfig config, PictureConfig pictures) {
    this.role = role;
    this.model = config.model();
    this.sampling = config.samplingFor(role);
    this.pictures = pictures;
    this.schema =
        config.shape() == ReplyShape.JSON_SCHEMA ? ReplySchema.of(role) : ReplySchema.NONE;
    this.reply = new ChatReply(role, schema);
  }

  /** Writes the part of a message that holds the picture. */
  private interface PicturePart {
    void to(JsonGenerator json) throws IOException;
  }

  @Override
  public URI uri(String baseUrl) {
    return URI.create(baseUrl + "/chat/completions");
  }

  @Override
  public boolean wantsPicture(TeacherRequest request) {
    return LOOK.contains(role) && request.row().imagePath() != null;
  }

  @Override
  public long maximumReplyTokens() {
    return sampling.maxTokens();
  }

  @Override
  public byte[] identity(TeacherRequest request) {
    return Json.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("form", "chat");
          json.writeNumberField("sample", 0);
          writeFields(json, request, part -> writeNamed(part, request.row()));
          json.writeEndObject();
        });
  }

  private void writeNamed(JsonGenerator json, TeacherRow row) throws IOException {
    json.writeStartObject();
    json.writeStringField("sha256", row.imageSha256());
    json.writeStringField("transform", pictures.transform());
    json.writeEndObject();
  }

  @Override
  public byte[] body(TeacherRequest request, Picture picture) {
    return Json.write(
        json -> {
          json.writeStartObject();
          writeFields(json, request, part -> writeWhole(part, picture));
          json.writeEndObject();
        });
  }

  private static void writeWhole(JsonGenerator json, Picture picture) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "image_url");
    json.writeObjectFieldStart("image_url");
    json.writeFieldName("url");
    picture.writeUrl(json);
    json.writeEndObject();
    json.writeEndObject();
  }

  private void writeFields(JsonGenerator json, TeacherRequest request, PicturePart picture)
      throws IOException {
    json.writeStringField("model", model);
    json.writeArrayFieldStart("messages");
    if (request.system() != null) {
      writeText(json, "system", request.system());
    }
    writeUser(json, request, picture);
    json.writeEndArray();
    writeSampling(json);
    schema.write(json);
  }

  private static void writeText(JsonGenerator json, String role, String text) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", role);
    json.writeStringField("content", text);
    json.writeEndObject();
  }

  private void writeUser(JsonGenerator json, TeacherRequest request, PicturePart picture)
      throws IOException {
    if (!wantsPicture(request)) {
      writeText(json, "user", request.user());
      return;
    }
    json.writeStartObject();
    json.writeStringField("role", "user");
    json.writeArrayFieldStart("content");
    picture.to(json);
    json.writeStartObject();
    json.writeStringField("type", "text");
    json.writeStringField("text", request.user());
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  private void writeSampling(JsonGenerator json) throws IOException {
    if (!sampling.omit().contains("temperature")) {
      json.writeNumberField("temperature", sampling.temperature());
    }
    if (!sampling.omit().contains("top_p")) {
      json.writeNumberField("top_p", sampling.topP());
    }
    String limit = sampling.tokenLimitField().name().toLowerCase(Locale.ROOT);
    json.writeNumberField(limit, sampling.maxTokens());
    if (sampling.seed() != null) {
      json.writeNumberField("seed", sampling.seed());
    }
    for (Map.Entry<String, String> extra : sampling.extra().entrySet()) {
      json.writeFieldName(extra.getKey());
      json.writeRawValue(extra.getValue());
    }
  }

  @Override
  public ModelReply read(byte[] body) throws CallFailure {
    return reply.read(body);
  }
}
