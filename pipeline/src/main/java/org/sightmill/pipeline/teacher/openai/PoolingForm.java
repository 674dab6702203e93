package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.PictureConfig;
import org.sightmill.pipeline.teacher.TeacherRequest;

/**
 * vLLM's pooling request for reward models: the conversation of question and answer goes in, the
 * last number of the pooled output is the score.
 */
final class PoolingForm implements RequestForm {
  private final String model;
  private final PictureConfig pictures;

  PoolingForm(String model, PictureConfig pictures) {
    this.model = model;
    this.pictures = pictures;
  }

  @Override
  public URI uri(String baseUrl) {
    String root = baseUrl.endsWith("/v1") ? baseUrl.substring(0, baseUrl.length() - 3) : baseUrl;
    return URI.create(root + "/pooling");
  }

  @Override
  public boolean wantsPicture(TeacherRequest request) {
    return request.row().imagePath() != null;
  }

  @Override
  public long maximumReplyTokens() {
    return 0;
  }

  @Override
  public byte[] identity(TeacherRequest request) {
    String named =
        wantsPicture(request) ? request.row().imageSha256() + " " + pictures.transform() : null;
    return write(request, named, "pooling");
  }

  @Override
  public byte[] body(TeacherRequest request, Picture picture) {
    String url =
        picture == null ? null : "data:" + picture.mediaType() + ";base64," + picture.base64();
    return write(request, url, null);
  }

  private byte[] write(TeacherRequest request, String pictureUrl, String form) {
    return Json.write(
        json -> {
          json.writeStartObject();
          if (form != null) {
            json.writeStringField("form", form);
          }
          json.writeStringField("model", model);
          json.writeArrayFieldStart("messages");
          writeQuestion(json, String.valueOf(request.row().question()), pictureUrl);
          json.writeStartObject();
          json.writeStringField("role", "assistant");
          json.writeStringField("content", String.valueOf(request.row().response()));
          json.writeEndObject();
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  private static void writeQuestion(JsonGenerator json, String question, String pictureUrl)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("role", "user");
    json.writeArrayFieldStart("content");
    if (pictureUrl != null) {
      json.writeStartObject();
      json.writeStringField("type", "image_url");
      json.writeObjectFieldStart("image_url");
      json.writeStringField("url", pictureUrl);
      json.writeEndObject();
      json.writeEndObject();
    }
    json.writeStartObject();
    json.writeStringField("type", "text");
    json.writeStringField("text", question);
    json.writeEndObject();
    json.writeEndArray();
    json.writeEndObject();
  }

  @Override
  public ModelReply read(byte[] body) throws CallFailure {
    try {
      JsonNode json = Json.read(body);
      JsonNode value = json.path("data").path(0).path("data");
      while (value.isArray() && !value.isEmpty()) {
        value = value.get(value.size() - 1);
      }
      return Scores.reply(value, json.path("usage"));
    } catch (IOException e) {
      throw CallFailure.of(CallFault.REPLY_NOT_JSON, e.getMessage());
    }
  }
}
