package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;

/**
 * Where the parts of a chart with axes lie; in pixels.
 *
 * @param left edge of the plot
 * @param top edge of the plot
 * @param right edge of the plot
 * @param bottom edge of the plot
 */
record ChartLayout(double left, double top, double right, double bottom) {
  static final double LABEL_PIXELS = 11;
  static final double TITLE_PIXELS = 16;
  static final double LEGEND_TOP = 34;
  private static final double PADDING = 14;
  private static final double LEGEND_HEIGHT = 20;

  /** Whether the categories can stand side by side under an upright chart. */
  static boolean fits(List<String> categories, Size size) {
    double slot = (size.width() - 70.0) / categories.size();
    return widest(categories, Lettering.SLAB) <= slot - 5;
  }

  static ChartLayout of(Chart chart, Lettering face, Size size) {
    boolean sideways = chart.look() == Chart.Look.BARS;
    List<String> leftLabels = sideways ? chart.categories() : List.of(String.valueOf(chart.top()));
    double top = LEGEND_TOP + PADDING + (chart.hasTwoSeries() ? LEGEND_HEIGHT : 0);
    double below = LABEL_PIXELS + PADDING + (sideways ? LABEL_PIXELS + 4 : 0);
    return new ChartLayout(
        PADDING + widest(leftLabels, face) + 6, top, size.width() - 28, size.height() - below);
  }

  double width() {
    return right - left;
  }

  double height() {
    return bottom - top;
  }

  private static double widest(List<String> labels, Lettering face) {
    return labels.stream().mapToDouble(text -> face.width(text, LABEL_PIXELS)).max().orElse(0);
  }
}
