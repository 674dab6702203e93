package org.sightmill.trainer.token;

/** What became of a prompt: its ids, or a reject with counts. A prompt is never cut. */
public sealed interface PromptResult {

  /** A prompt within the limit. */
  final class Fitting implements PromptResult {
    private final int[] ids;
    private final int imageTokens;

    Fitting(int[] ids, int imageTokens) {
      this.ids = ids;
      this.imageTokens = imageTokens;
    }

    /** The prompt's ids, each picture expanded to its image pads; not a copy. */
    public int[] ids() {
      return ids;
    }

    /** How many of the ids are image pads. */
    public int imageTokens() {
      return imageTokens;
    }
  }

  /**
   * A prompt beyond the limit.
   *
   * @param promptTokens what the prompt would take
   * @param imageTokens how many of those are image pads
   * @param limitTokens what there is
   */
  record TooLong(int promptTokens, int imageTokens, int limitTokens) implements PromptResult {
    /** The stable code to count by. */
    public static final String CODE = "PROMPT_TOO_LONG";

    /** One sentence with the counts. */
    public String detail() {
      return "the prompt has %d tokens, %d of them of images; the limit is %d"
          .formatted(promptTokens, imageTokens, limitTokens);
    }
  }
}
