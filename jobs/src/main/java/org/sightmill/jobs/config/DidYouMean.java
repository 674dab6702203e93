package org.sightmill.jobs.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** The known name that a mistyped one is nearest to. */
public final class DidYouMean {
  /** A name further away than a third of its length is another word, not a typing error. */
  private static final int CHARS_PER_EDIT = 3;

  private DidYouMean() {}

  /** A name within reach of {@code wrong}, nearest first, then by alphabet. */
  public static Optional<String> suggest(String wrong, Collection<String> known) {
    int limit = Math.max(1, wrong.length() / CHARS_PER_EDIT);
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
