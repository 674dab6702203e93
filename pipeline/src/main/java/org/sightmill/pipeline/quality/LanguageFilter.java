package org.sightmill.pipeline.quality;

import java.io.Serializable;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.sightmill.pipeline.check.Checks;

/**
 * In which languages questions may be.
 *
 * @param allowed two-letter codes (ISO 639-1) of {@link Language}
 * @param undetermined what becomes of questions that tell no language, such as formulas; null keeps
 *     them
 */
public record LanguageFilter(SortedSet<String> allowed, Undetermined undetermined)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  /** What becomes of questions that tell no language. */
  public enum Undetermined {
    KEEP,
    DROP
  }

  /** Copies, and checks that the codes are known. */
  public LanguageFilter {
    allowed = Collections.unmodifiableSortedSet(new TreeSet<>(allowed));
    undetermined = undetermined == null ? Undetermined.KEEP : undetermined;
    Checks checks = new Checks();
    checks.that(!allowed.isEmpty(), "allowed must name at least one language: [en]");
    for (String code : allowed) {
      checks.that(
          Language.codes().contains(code),
          "allowed must be of %s but one was '%s'"
              .formatted(String.join(", ", Language.codes()), code));
    }
    checks.orThrow();
  }
}
