package org.sightmill.pipeline.teacher.builtin;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Normalised Levenshtein similarity, the form of ANLS (DocVQA): 1 - distance / length of the longer
 * text, over letters and digits in lower case with single spaces between words and without
 * articles.
 */
final class TextSimilarity {
  /** Longer texts are compared by their beginnings: the work grows with the square. */
  static final int MAX_CHARS = 2_000;

  private static final Pattern BETWEEN_WORDS =
      Pattern.compile("[^\\p{L}\\p{N}]+", Pattern.UNICODE_CHARACTER_CLASS);
  private static final Pattern ARTICLES = Pattern.compile("\\b(?:a|an|the) ");

  private TextSimilarity() {}

  /** In [0, 1]; 1 for texts that are equal once normalised, both empty included. */
  static double between(String left, String right) {
    String a = normalised(left);
    String b = normalised(right);
    int longer = Math.max(a.length(), b.length());
    if (a.equals(b)) {
      return 1;
    }
    return 1 - (double) distance(a, b) / longer;
  }

  static String normalised(String text) {
    String head = text.length() > MAX_CHARS ? text.substring(0, MAX_CHARS) : text;
    String words = BETWEEN_WORDS.matcher(head.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    return ARTICLES.matcher(words).replaceAll("");
  }

  private static int distance(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 0; i < left.length(); i++) {
      int diagonal = row[0]++;
      for (int j = 1; j < row.length; j++) {
        int changed = diagonal + (left.charAt(i) == right.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[right.length()];
  }
}
