package org.sightmill.pipeline.export;

import java.util.Locale;
import java.util.regex.Pattern;

/** What the text of a licence says of commercial use. */
public enum LicenseTerms {
  /** Named, and without a word against commercial use. */
  OPEN,
  /** Says that it is for non-commercial, academic or research use, or not to be passed on. */
  NON_COMMERCIAL,
  /** No licence is given. */
  UNKNOWN;

  /** CC's NC element stands between hyphens; LLaVA-OneVision and DocVQA state terms in words. */
  private static final Pattern AGAINST =
      Pattern.compile(
          "\\bnc\\b|non[- ]?commercial|\\bacademic\\b|research (use |purposes? )?only"
              + "|only for research|not? (be )?redistribut|no commercial|no rights");

  /** The terms that a row's {@code license} states; null and blank are unknown. */
  public static LicenseTerms of(String license) {
    if (license == null || license.isBlank()) {
      return UNKNOWN;
    }
    return AGAINST.matcher(license.toLowerCase(Locale.ROOT)).find() ? NON_COMMERCIAL : OPEN;
  }
}
