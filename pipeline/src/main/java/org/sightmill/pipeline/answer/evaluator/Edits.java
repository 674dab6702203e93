package org.sightmill.pipeline.answer.evaluator;

/** The Levenshtein distance, in code points. */
final class Edits {
  private Edits() {}

  static int between(String first, String second) {
    int[] left = first.codePoints().toArray();
    int[] right = second.codePoints().toArray();
    int[] row = new int[right.length + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 1; i <= left.length; i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j < row.length; j++) {
        int substitution = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(substitution, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[right.length];
  }
}
