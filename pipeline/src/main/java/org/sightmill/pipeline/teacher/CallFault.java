package org.sightmill.pipeline.teacher;

/**
 * The closed set of ways in which a call to a server fails. A constant's name is the code in
 * rejects, logs and metrics: scripts rely on it, so a constant is never renamed.
 */
public enum CallFault {
  /** HTTP 429. */
  RATE_LIMITED(Kind.REFUSAL),
  /** HTTP 503 or 529. */
  OVERLOADED(Kind.REFUSAL),
  /** No connection: refused, no such host, or too slow. */
  CONNECT_FAILED(Kind.REFUSAL),
  /** Another HTTP 5xx, or 408, 409, 425. */
  SERVER_ERROR(Kind.BROKEN),
  /** The connection ended before a reply began. */
  CONNECTION_LOST(Kind.BROKEN),
  /** The connection ended within the reply. */
  BODY_CUT(Kind.BROKEN),
  /** Nothing more came of a reply that had begun. */
  BODY_STALLED(Kind.BROKEN),
  /** The whole call took longer than allowed. */
  TIMED_OUT(Kind.BROKEN),
  /** The reply is larger than any reply may be. */
  REPLY_TOO_LARGE(Kind.BROKEN),
  /** The reply is not JSON in UTF-8: an error page, cut off, or garbled. */
  REPLY_NOT_JSON(Kind.BROKEN),
  /** The reply is JSON of another form. */
  REPLY_MALFORMED(Kind.BROKEN),
  /** The reply holds no text. */
  REPLY_BLANK(Kind.BROKEN),
  /** The reply ended at the limit of tokens. */
  REPLY_CUT(Kind.FINAL),
  /** A filter took request or reply away. */
  CONTENT_FILTERED(Kind.FINAL),
  /** The model declined. */
  DECLINED(Kind.FINAL),
  /** The prompt does not fit the model's context. */
  CONTEXT_TOO_LONG(Kind.FINAL),
  /** The server can't use the request: another HTTP 4xx. */
  BAD_REQUEST(Kind.FINAL),
  /** The row's picture can't be read or encoded. */
  PICTURE_UNUSABLE(Kind.FINAL),
  /** HTTP 401 or 403. */
  KEY_REJECTED(Kind.ENDPOINT),
  /** The account has no money left. */
  QUOTA_EXHAUSTED(Kind.ENDPOINT),
  /** The server does not prove to be the one asked for. */
  CERTIFICATE_INVALID(Kind.ENDPOINT),
  /** No such model or path: HTTP 404, 405 or 501. */
  NOT_SERVED(Kind.ENDPOINT),
  /** HTTP 3xx: keys are not carried elsewhere. */
  REDIRECTED(Kind.ENDPOINT);

  /** What follows from a fault. */
  public enum Kind {
    /** Nothing was done and nothing is charged: tried again as long as patience lasts. */
    REFUSAL,
    /** Something may have been charged: tried again a few times. */
    BROKEN,
    /** Asking again gives the same. */
    FINAL,
    /** The endpoint can't serve anything; others may. */
    ENDPOINT
  }

  private final Kind kind;

  CallFault(Kind kind) {
    this.kind = kind;
  }

  /** What follows. */
  public Kind kind() {
    return kind;
  }

  /** Whether a server may charge for a call that failed so without telling its tokens. */
  public boolean mayBeCharged() {
    return kind == Kind.BROKEN && this != SERVER_ERROR;
  }
}
