package org.sightmill.pipeline.curate;

import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.api.java.UDF1;

/**
 * Self-reflection cues in a trace: lower-case substrings, so that "check" also finds "checking" and
 * "await" holds "wait", as in the paper's own matching.
 */
final class Cues implements UDF1<String, List<String>> {
  private static final long serialVersionUID = 1L;

  private final List<String> cues;

  Cues(List<String> cues) {
    this.cues = List.copyOf(cues);
  }

  /** The cues that the text holds, in configured order; none for null. */
  List<String> in(String text) {
    if (text == null) {
      return List.of();
    }
    String lower = text.toLowerCase(Locale.ROOT);
    return cues.stream().filter(lower::contains).toList();
  }

  static boolean isLowerCase(String cue) {
    return cue.equals(cue.toLowerCase(Locale.ROOT));
  }

  @Override
  public List<String> call(String text) {
    return in(text);
  }
}
