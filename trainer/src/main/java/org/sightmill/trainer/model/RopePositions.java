package org.sightmill.trainer.model;

import java.util.Arrays;
import java.util.List;

/**
 * Positions of a row's tokens on the axes time, height and width (Qwen2-VL, section 2.1): text
 * advances all three together; an image's tokens spread over its grid, and text goes on one past
 * the largest.
 *
 * @param axes three arrays, one number per token
 * @param next the position of the token that would follow
 */
public record RopePositions(long[][] axes, long next) {

  /**
   * Positions of a prompt.
   *
   * @throws IllegalArgumentException if the image tokens are not as many as the pictures' patches
   *     give, which would feed pictures to the wrong places
   */
  public static RopePositions of(Prompt prompt, QwenConfig config) {
    checkImageTokens(prompt, config);
    long[][] axes = new long[3][prompt.length()];
    int image = 0;
    long next = 0;
    for (int at = 0; at < prompt.length(); ) {
      if (prompt.tokens()[at] == config.imageToken()) {
        PatchGrid grid = prompt.images().get(image++);
        at += fillImage(axes, at, next, grid, config.vision().merge());
        next += Math.max(grid.rows(), grid.columns()) / config.vision().merge();
      } else {
        for (long[] axis : axes) {
          axis[at] = next;
        }
        next++;
        at++;
      }
    }
    return new RopePositions(axes, next);
  }

  /** What a decoder adds to a token's index to get its position. */
  public long delta() {
    return next - axes[0].length;
  }

  private static int fillImage(long[][] axes, int start, long from, PatchGrid grid, int merge) {
    int height = grid.rows() / merge;
    int width = grid.columns() / merge;
    int at = start;
    for (int frame = 0; frame < grid.frames(); frame++) {
      for (int y = 0; y < height; y++) {
        for (int x = 0; x < width; x++, at++) {
          axes[0][at] = from + frame;
          axes[1][at] = from + y;
          axes[2][at] = from + x;
        }
      }
    }
    return at - start;
  }

  private static void checkImageTokens(Prompt prompt, QwenConfig config) {
    long found =
        Arrays.stream(prompt.tokens()).filter(token -> token == config.imageToken()).count();
    List<PatchGrid> images = prompt.images();
    long expected =
        images.stream().mapToLong(grid -> grid.patches() / config.vision().mergeUnit()).sum();
    if (found != expected) {
      throw new IllegalArgumentException(
          "prompt has %d image tokens but its %d picture(s) give %d"
              .formatted(found, images.size(), expected));
    }
  }
}
