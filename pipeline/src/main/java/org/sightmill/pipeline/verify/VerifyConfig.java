package org.sightmill.pipeline.verify;

import org.sightmill.pipeline.check.Checks;

/**
 * What step 5 does.
 *
 * @param boxIou from which intersection over union on a box counts as found, in [0, 1]
 * @param secondOpinion on which verdicts of the rule verifier the judge is asked too
 */
public record VerifyConfig(double boxIou, SecondOpinion secondOpinion) {
  /** The usual bound of object detection; the paper states none. */
  public static final double DEFAULT_BOX_IOU = 0.5;

  /** Rules need no second opinion unless somebody asks for one. */
  public static final SecondOpinion DEFAULT_SECOND_OPINION = SecondOpinion.NONE;

  /** The defaults. */
  public static final VerifyConfig DEFAULT =
      new VerifyConfig(DEFAULT_BOX_IOU, DEFAULT_SECOND_OPINION);

  /** Checks both. */
  public VerifyConfig {
    new Checks()
        .fraction("box_iou", boxIou)
        .that(secondOpinion != null, "second_opinion is required")
        .orThrow();
  }
}
