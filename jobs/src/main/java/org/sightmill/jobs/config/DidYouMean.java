package org.sightmill.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a mistyped one is nearest to. */
public final class DidYouMean {
  /** A name further away than that is another word: two edits are one swap of letters. */
  private static final int CHARS_PER_EDIT = 3;

  private static final int MIN_EDITS = 2;

  private DidYouMean() {}

  /** A name within reach of {@code wrong}, nearest first, then by alphabet. */
  public static Optional<String> suggest(String wrong, Collection<String> known) {
    int limit = Math.max(MIN_EDITS, wrong.length() / CHARS_PER_EDIT);
    LevenshteinDistance distance = new LevenshteinDistance(limit);
    return known.stream()
        .filter(name -> distance.apply(wrong, name) >= 0)
        .min(
            Comparator.comparing((String name) -> distance.apply(wrong, name))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** A sentence's end: {@code , did you mean 'x'?}, or the known names, or nothing. */
  static String hint(String wrong, Collection<String> known) {
    return suggest(wrong, known)
        .map(name -> ", did you mean '" + name + "'?")
        .orElse("; known are " + String.join(", ", known));
  }
}
