package org.sightmill.pipeline.teacher.openai;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.PictureConfig;
import org.sightmill.pipeline.teacher.TeacherRequest;

/**
 * The plainest reward server: {@code {"model", "query", "image": base64 or null, "answers":
 * [text]}} is posted to the URL itself, {@code {"rewards": [number]}} comes back.
 */
final class HttpScorerForm implements RequestForm {
  private final String model;
  private final PictureConfig pictures;

  HttpScorerForm(String model, PictureConfig pictures) {
    this.model = model;
    this.pictures = pictures;
  }

  @Override
  public URI uri(String baseUrl) {
    return URI.create(baseUrl);
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
    return write(request, named, List.of("form", "http"));
  }

  @Override
  public byte[] body(TeacherRequest request, Picture picture) {
    return write(request, picture == null ? null : picture.base64(), List.of());
  }

  private byte[] write(TeacherRequest request, String picture, List<String> mark) {
    return Json.write(
        json -> {
          json.writeStartObject();
          if (!mark.isEmpty()) {
            json.writeStringField(mark.get(0), mark.get(1));
          }
          json.writeStringField("model", model);
          json.writeStringField("query", request.row().question());
          json.writeStringField("image", picture);
          json.writeArrayFieldStart("answers");
          json.writeString(request.row().response());
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @Override
  public ModelReply read(byte[] body) throws CallFailure {
    try {
      JsonNode json = Json.read(body);
      return Scores.reply(json.path("rewards").path(0), json.path("usage"));
    } catch (IOException e) {
      throw CallFailure.of(CallFault.REPLY_NOT_JSON, e.getMessage());
    }
  }
}
