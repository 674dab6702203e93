package org.sightmill.pipeline.teacher.builtin;

/**
 * Makes a text that reasons over a given caption speak of the image itself (paper, section 3, step
 * 4): "the caption says that" becomes "the image shows that". The rules:
 *
 * <ul>
 *   <li>References to the given caption, description or rationale are replaced, in singular, plural
 *       and possessive, with article, verb and number agreeing: "The captions mention" becomes "The
 *       images show", "a caption" becomes "an image". "The image description" and "the description
 *       of the chart" become "the image" and "the chart"; "the caption and the description say"
 *       becomes "the image shows".
 *   <li>Ordinary uses stay: a job's description, the rationale behind a choice, a caption that is
 *       printed in the picture. Where a reading is open, the text stays as it is.
 *   <li>Quoted text, block quotes, LaTeX and code stay.
 *   <li>White space stays, except beside a word that is dropped.
 * </ul>
 *
 * Rewriting a second time changes nothing. Time is linear in the text, and a text without any of
 * the three words costs one scan.
 */
public final class CaptionReferences {
  private CaptionReferences() {}

  /** The text with references to caption, description and rationale turned to the image. */
  public static String rewrite(String text) {
    String current = text;
    while (Trigger.next(current, 0).isPresent()) {
      String rewritten = new ReferenceRewriter(current).rewritten();
      if (rewritten.equals(current)) {
        return current;
      }
      // Each round removes at least one of the words, so this ends; a second round is rare.
      current = rewritten;
    }
    return current;
  }
}
