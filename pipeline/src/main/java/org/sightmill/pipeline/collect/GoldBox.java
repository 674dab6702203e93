package org.sightmill.pipeline.collect;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.collect.source.BoxConfig;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.sample.Box;

/** A gold box to fractions of the upright picture. */
final class GoldBox {
  private static final String NUMBER =
      "\\s*([-+]?(?:\\d+\\.?\\d*|\\.\\d+)(?:[eE][-+]?\\d{1,3})?)\\s*";
  private static final Pattern BOX =
      Pattern.compile("[\\[(]?" + NUMBER + "," + NUMBER + "," + NUMBER + "," + NUMBER + "[\\])]?");
  private static final Pattern BRACKETED = Pattern.compile("[\\[(].*[\\])]", Pattern.DOTALL);

  /** Rounding in the source: a border that is over by less counts as the border. */
  private static final double SLACK = 1e-6;

  private static final double THOUSAND = 1_000;

  private GoldBox() {}

  static boolean looksLikeBox(String text) {
    return BRACKETED.matcher(text).matches() && BOX.matcher(text).matches();
  }

  /**
   * The box as JSON text.
   *
   * @param width of the upright picture, pixels
   * @param height of the upright picture, pixels
   */
  static String fractions(String text, BoxConfig config, int width, int height) throws RowFault {
    Box box = parse(text, config.order());
    Box fractions =
        switch (config.scale()) {
          case PIXEL -> box.dividedBy(width, height);
          case THOUSAND -> box.dividedBy(THOUSAND, THOUSAND);
          case UNIT -> box;
        };
    Box clamped = clamped(fractions);
    if (!clamped.isWithinUnitSquare()) {
      throw new RowFault(
          RejectReason.BOX_OUTSIDE_IMAGE,
          "box %s (%s) lies outside the picture of %d x %d pixels"
              .formatted(text, config.scale(), width, height));
    }
    return clamped.toJson();
  }

  private static Box parse(String text, BoxConfig.Order order) throws RowFault {
    Matcher matcher = BOX.matcher(text);
    if (!matcher.matches()) {
      throw new RowFault(
          RejectReason.BOX_INVALID, "answer '%s' is not a box of four numbers".formatted(text));
    }
    double[] n = new double[4];
    for (int i = 0; i < n.length; i++) {
      n[i] = Double.parseDouble(matcher.group(i + 1));
    }
    double x2 = order == BoxConfig.Order.XYWH ? n[0] + n[2] : n[2];
    double y2 = order == BoxConfig.Order.XYWH ? n[1] + n[3] : n[3];
    if (!Box.isValid(n[0], n[1], x2, y2)) {
      throw new RowFault(
          RejectReason.BOX_INVALID, "box %s (%s) is empty or inverted".formatted(text, order));
    }
    return new Box(n[0], n[1], x2, y2);
  }

  private static Box clamped(Box box) {
    return new Box(snapped(box.x1()), snapped(box.y1()), snapped(box.x2()), snapped(box.y2()));
  }

  private static double snapped(double value) {
    if (value < 0 && value > -SLACK) {
      return 0;
    }
    return value > 1 && value < 1 + SLACK ? 1 : value;
  }
}
