package org.sightmill.trainer.token;

import java.util.List;
import java.util.Locale;

/** One turn: a role and its parts in order. */
public record ChatMessage(Role role, List<Part> parts) {

  /** Who speaks. */
  public enum Role {
    /** The instructions; only as the first message. */
    SYSTEM,
    /** The one who asks. */
    USER,
    /** The model. */
    ASSISTANT;

    String header() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Text or a picture. */
  public sealed interface Part {}

  /** Text, taken as it stands: what looks like a control token stays text. */
  public record Text(String text) implements Part {}

  /**
   * A picture's place.
   *
   * @param tokens the picture's tokens, as {@code PixelValues.tokens} gives them
   */
  public record Picture(int tokens) implements Part {
    /** Rejects a picture without tokens. */
    public Picture {
      if (tokens < 1) {
        throw new IllegalArgumentException("a picture has at least 1 token but got " + tokens);
      }
    }
  }

  /** Copies the parts. */
  public ChatMessage {
    parts = List.copyOf(parts);
  }

  /** A message of text alone. */
  public static ChatMessage of(Role role, String text) {
    return new ChatMessage(role, List.of(new Text(text)));
  }
}
