package org.sightmill.pipeline.collect.source;

import java.io.Serializable;

/**
 * How a source writes boxes.
 *
 * @param order which four numbers; null = {@link Order#XYXY}
 * @param scale their unit; null = {@link Scale#PIXEL}
 */
public record BoxConfig(Order order, Scale scale) implements Serializable {

  /** The four numbers. */
  public enum Order {
    /** Left, top, right, bottom. */
    XYXY,
    /** Left, top, width, height. */
    XYWH
  }

  /** The unit of the numbers. */
  public enum Scale {
    /** Pixels of the picture, as it stands upright. */
    PIXEL,
    /** Fractions of width and height. */
    UNIT,
    /** Thousandths of width and height. */
    THOUSAND
  }

  /** Fills in the defaults. */
  public BoxConfig {
    order = order == null ? Order.XYXY : order;
    scale = scale == null ? Scale.PIXEL : scale;
  }

  /** Corners in pixels. */
  public static BoxConfig defaults() {
    return new BoxConfig(Order.XYXY, Scale.PIXEL);
  }
}
