package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;
import org.sightmill.pipeline.sample.Box;

/** Numbers as text, by integers, so that every JDK writes the same digits. */
final class Decimals {
  private Decimals() {}

  /** Rounded to this many decimals (at most 4), without trailing zeros. */
  static String text(double value, int decimals) {
    long scale = List.of(1L, 10L, 100L, 1_000L, 10_000L).get(decimals);
    long scaled = Math.round(Math.abs(value) * scale);
    long whole = scaled / scale;
    String sign = value < 0 && scaled > 0 ? "-" : "";
    if (scaled % scale == 0) {
      return sign + whole;
    }
    String fraction = String.valueOf(scale + scaled % scale).substring(1);
    int end = fraction.length();
    while (fraction.charAt(end - 1) == '0') {
      end--;
    }
    return sign + whole + "." + fraction.substring(0, end);
  }

  /** {@code [x1, y1, x2, y2]} with three decimals: fractions, or pixels with that precision. */
  static String box(Box box) {
    return "["
        + text(box.x1(), 3)
        + ", "
        + text(box.y1(), 3)
        + ", "
        + text(box.x2(), 3)
        + ", "
        + text(box.y2(), 3)
        + "]";
  }
}
