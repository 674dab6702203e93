package org.sightmill.trainer.reward;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Rewards for the form of a completion, as pure functions. None is part of the mixed reward unless
 * {@link PeerShaping} switches it on.
 */
public final class FormShaping {
  private static final Pattern STEP =
      Pattern.compile("Step \\d+:|^\\d+\\.|\\n-|\\n\\*|First,|Second,|Next,|Finally,");
  private static final double ENOUGH_STEPS = 3;
  private static final List<String> TAGS =
      List.of("<think>\n", "\n</think>\n", "\n<answer>\n", "\n</answer>");

  private FormShaping() {}

  /**
   * The reward for visible steps of open-r1: {@code min(1, count / 3)}, where "Step 1:", a number
   * and a full stop at the very beginning, a line that begins with a dash or star, and "First,",
   * "Second,", "Next," and "Finally," count.
   */
  public static double reasoningSteps(String text) {
    Matcher matcher = STEP.matcher(text);
    return Math.min(1, matcher.results().count() / ENOUGH_STEPS);
  }

  /**
   * The tag count of open-r1: a quarter for each of the four think and answer tags that occurs
   * exactly once with its line breaks.
   */
  public static double tagCount(String text) {
    return TAGS.stream().filter(tag -> occursOnce(text, tag)).count() / (double) TAGS.size();
  }

  private static boolean occursOnce(String text, String tag) {
    int first = text.indexOf(tag);
    return first >= 0 && text.indexOf(tag, first + tag.length()) < 0;
  }
}
