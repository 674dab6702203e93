package org.sightmill.pipeline.teacher;

import java.util.Comparator;
import java.util.List;

/** How many letters must be added, left out or changed to get from one name to another. */
final class EditDistance {
  private EditDistance() {}

  /** The name nearest to {@code wanted}; the first of several. There must be one. */
  static String nearest(String wanted, List<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> between(wanted, name)))
        .orElseThrow(() -> new IllegalStateException("no teacher is on the class path"));
  }

  static int between(String left, String right) {
    int[] row = new int[right.length() + 1];
    for (int j = 0; j < row.length; j++) {
      row[j] = j;
    }
    for (int i = 0; i < left.length(); i++) {
      advance(row, left.charAt(i), right);
    }
    return row[right.length()];
  }

  private static void advance(int[] row, char letter, String right) {
    int diagonal = row[0]++;
    for (int j = 1; j < row.length; j++) {
      int changed = diagonal + (letter == right.charAt(j - 1) ? 0 : 1);
      diagonal = row[j];
      row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
    }
  }
}
