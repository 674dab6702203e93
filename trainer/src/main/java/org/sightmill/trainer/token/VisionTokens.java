package org.sightmill.trainer.token;

import java.util.List;

/**
 * The ids around and in place of pictures. They are never sampled: a generated image pad would ask
 * the model for a picture that is not there.
 */
public record VisionTokens(
    int visionStart, int visionEnd, int visionPad, int imagePad, int videoPad) {

  /** The ids of Qwen's names. */
  public static VisionTokens of(Tokenizer tokenizer) {
    int[] ids =
        tokenizer.requiredControlTokens(
            List.of(
                "<|vision_start|>",
                "<|vision_end|>",
                "<|vision_pad|>",
                "<|image_pad|>",
                "<|video_pad|>"));
    return new VisionTokens(ids[0], ids[1], ids[2], ids[3], ids[4]);
  }

  /** The ids that sampling must ban. */
  public int[] neverSampled() {
    return new int[] {visionStart, visionEnd, visionPad, imagePad, videoPad};
  }
}
