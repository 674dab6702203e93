package org.sightmill.pipeline.answer;

import java.util.Locale;
import java.util.Optional;
import org.sightmill.pipeline.sample.Box;
import org.sightmill.pipeline.sample.Choices;

/**
 * Judges boxes: the reward is the intersection over union, without a threshold; the verdict is
 * EQUAL from one half on. Both boxes are taken in the same coordinates.
 */
final class BoxJudge implements Judge {
  /** Least overlap for the verdict EQUAL; the reward does not depend on it. */
  static final double THRESHOLD = 0.5;

  @Override
  public Grade grade(String gold, String answer, Choices choices, Extraction extraction) {
    Optional<double[]> wanted = BoxText.read(gold);
    Optional<double[]> found = BoxText.read(answer);
    if (wanted.isEmpty() || found.isEmpty()) {
      String side = wanted.isEmpty() ? "gold" : "answer";
      return Grade.unparsed(null, "no box of four numbers in the " + side);
    }
    String extracted = BoxText.write(found.get());
    if (!isBox(wanted.get())) {
      return Grade.unparsed(extracted, "the gold is no box: " + BoxText.write(wanted.get()));
    }
    if (!isBox(found.get())) {
      return Grade.different(extracted, "an empty or inverted box covers nothing");
    }
    double iou = box(wanted.get()).iou(box(found.get()));
    String reason = String.format(Locale.ROOT, "intersection over union %.4f", iou);
    return new Grade(iou >= THRESHOLD ? Verdict.EQUAL : Verdict.DIFFERENT, iou, extracted, reason);
  }

  private static boolean isBox(double[] n) {
    return Box.isValid(n[0], n[1], n[2], n[3]);
  }

  private static Box box(double[] n) {
    return new Box(n[0], n[1], n[2], n[3]);
  }
}
