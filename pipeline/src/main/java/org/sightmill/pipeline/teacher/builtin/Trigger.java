package org.sightmill.pipeline.teacher.builtin;

import java.util.Optional;

/**
 * One of the three nouns in a text.
 *
 * @param start of the noun
 * @param end behind the noun and its plural s, before a possessive
 */
record Trigger(Kind kind, int start, int end, boolean plural) {
  /** The nouns that betray what the reasoner was given. */
  enum Kind {
    CAPTION("caption"),
    DESCRIPTION("description"),
    RATIONALE("rationale");

    private final String noun;

    Kind(String noun) {
      this.noun = noun;
    }

    static Optional<Kind> at(String text, int start) {
      Kind kind =
          switch (text.charAt(start)) {
            case 'c', 'C' -> CAPTION;
            case 'd', 'D' -> DESCRIPTION;
            case 'r', 'R' -> RATIONALE;
            default -> null;
          };
      return kind != null && text.regionMatches(true, start, kind.noun, 0, kind.noun.length())
          ? Optional.of(kind)
          : Optional.empty();
    }
  }

  /** The first noun at or behind {@code from} that stands as a word of its own. */
  static Optional<Trigger> next(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      Optional<Trigger> found = at(text, i);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  /** The noun that starts at {@code start} as a word of its own. */
  static Optional<Trigger> at(String text, int start) {
    Optional<Kind> kind = start < text.length() ? Kind.at(text, start) : Optional.empty();
    if (kind.isEmpty() || (start > 0 && isIdentifierPart(text.charAt(start - 1)))) {
      return Optional.empty();
    }
    int end = start + kind.get().noun.length();
    boolean plural = end < text.length() && Character.toLowerCase(text.charAt(end)) == 's';
    end += plural ? 1 : 0;
    boolean wordGoesOn = end < text.length() && isIdentifierPart(text.charAt(end));
    return wordGoesOn ? Optional.empty() : Optional.of(new Trigger(kind.get(), start, end, plural));
  }

  private static boolean isIdentifierPart(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }
}
