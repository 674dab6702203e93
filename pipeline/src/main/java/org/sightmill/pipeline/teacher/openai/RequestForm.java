package org.sightmill.pipeline.teacher.openai;

import java.net.URI;
import org.sightmill.pipeline.teacher.TeacherRequest;

/** One way of asking a server. */
interface RequestForm {
  /** Where an endpoint takes this form. */
  URI uri(String baseUrl);

  /**
   * Everything that decides the reply and nothing else, as JSON whose bytes are the same whenever
   * the request is: a picture is named by its hash and transform.
   */
  byte[] identity(TeacherRequest request);

  /**
   * What is sent.
   *
   * @param picture null unless {@link #wantsPicture}
   */
  byte[] body(TeacherRequest request, Picture picture);

  /** Whether the picture goes with this request. */
  boolean wantsPicture(TeacherRequest request);

  /** The reply that a body of a served request holds. */
  ModelReply read(byte[] body) throws CallFailure;

  /** Most tokens that a reply can have. */
  long maximumReplyTokens();
}
