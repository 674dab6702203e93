package org.sightmill.trainer.image;

import java.util.List;

/** One number for each channel of a picture, on the scale where white is 1. */
public record ChannelValues(double red, double green, double blue) {

  /** From a list in the order red, green, blue. */
  static ChannelValues of(List<Double> values) {
    if (values.size() != RgbPicture.CHANNELS) {
      throw new IllegalArgumentException("needs 3 values, one a channel, but has " + values.size());
    }
    return new ChannelValues(values.get(0), values.get(1), values.get(2));
  }

  double channel(int index) {
    return index == 0 ? red : index == 1 ? green : blue;
  }
}
