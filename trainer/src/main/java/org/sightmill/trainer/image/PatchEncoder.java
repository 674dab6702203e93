package org.sightmill.trainer.image;

/** Bytes to normalised patches in merge order. */
final class PatchEncoder {
  private static final int LEVELS = 256;

  private final ImageSettings settings;

  /** [channel, level] to value: 768 possible values, so each is computed once. */
  private final float[] normalised;

  PatchEncoder(ImageSettings settings) {
    this.settings = settings;
    this.normalised = new float[RgbPicture.CHANNELS * LEVELS];
    for (int i = 0; i < normalised.length; i++) {
      normalised[i] = normalise(i / LEVELS, i % LEVELS);
    }
  }

  /** In the reference's precisions: scaled in double, then float throughout. */
  private float normalise(int channel, int level) {
    float scaled = (float) (level * (1 / 255.0));
    float mean = (float) settings.mean().channel(channel);
    return (scaled - mean) / (float) settings.deviation().channel(channel);
  }

  /** Both sides of the picture must divide by the settings' factor. */
  PixelValues encode(RgbPicture picture) {
    int gridHeight = picture.height() / settings.patchPixels();
    int gridWidth = picture.width() / settings.patchPixels();
    int patches = gridHeight * gridWidth;
    float[] values = new float[Math.multiplyExact(patches, settings.patchValues())];
    int at = 0;
    int merge = settings.mergePatches();
    for (int tileY = 0; tileY < gridHeight; tileY += merge) {
      for (int tileX = 0; tileX < gridWidth; tileX += merge) {
        at = tile(picture, tileY, tileX, values, at);
      }
    }
    return new PixelValues(values, gridHeight, gridWidth, patches / (merge * merge));
  }

  private int tile(RgbPicture picture, int tileY, int tileX, float[] values, int start) {
    int merge = settings.mergePatches();
    int at = start;
    for (int y = tileY; y < tileY + merge; y++) {
      for (int x = tileX; x < tileX + merge; x++) {
        patch(picture, y * settings.patchPixels(), x * settings.patchPixels(), values, at);
        at += settings.patchValues();
      }
    }
    return at;
  }

  private void patch(RgbPicture picture, int top, int left, float[] values, int start) {
    int plane = settings.patchPixels() * settings.patchPixels();
    int at = start;
    for (int channel = 0; channel < RgbPicture.CHANNELS; channel++) {
      plane(picture, top, left, channel, values, at);
      for (int frame = 1; frame < settings.temporalFrames(); frame++) {
        System.arraycopy(values, at, values, at + frame * plane, plane);
      }
      at += settings.temporalFrames() * plane;
    }
  }

  private void plane(
      RgbPicture picture, int top, int left, int channel, float[] values, int start) {
    byte[] rgb = picture.rgb();
    int side = settings.patchPixels();
    int at = start;
    for (int y = top; y < top + side; y++) {
      int from = y * picture.stride() + left * RgbPicture.CHANNELS + channel;
      for (int x = 0; x < side; x++, from += RgbPicture.CHANNELS) {
        values[at++] = normalised[channel * LEVELS + (rgb[from] & 0xff)];
      }
    }
  }
}
