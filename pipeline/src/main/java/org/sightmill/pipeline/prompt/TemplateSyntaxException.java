package org.sightmill.pipeline.prompt;

/** A template that can't be read; the message names the place. */
final class TemplateSyntaxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TemplateSyntaxException(String message) {
    super(message);
  }
}
