package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import org.sightmill.pipeline.collect.source.procedural.ChartPainter.ChartStyle;

/** Paints bars, columns and lines over a scale that starts at 0. */
final class AxesPainter {
  private static final double BAR_SHARE = 0.68;

  private final Canvas canvas;
  private final Chart chart;
  private final ChartStyle style;
  private final ChartLayout layout;

  AxesPainter(Canvas canvas, Chart chart, ChartStyle style) {
    this.canvas = canvas;
    this.chart = chart;
    this.style = style;
    this.layout = ChartLayout.of(chart, style.face(), new Size(canvas.width(), canvas.height()));
  }

  void paint() {
    paintScale();
    for (int i = 0; i < chart.count(); i++) {
      paintCategory(i);
    }
    for (int s = 0; s < chart.series().size(); s++) {
      paintSeries(s);
    }
    paintFrame();
  }

  private boolean isSideways() {
    return chart.look() == Chart.Look.BARS;
  }

  private double length(int value) {
    return value * (isSideways() ? layout.width() : layout.height()) / chart.top();
  }

  /** The middle of a category's slot on the category axis. */
  private double middle(int category) {
    double slot = (isSideways() ? layout.height() : layout.width()) / chart.count();
    return (isSideways() ? layout.top() : layout.left()) + slot * (category + 0.5);
  }

  private void paintScale() {
    Color faint = Palette.mix(style.paper(), style.ink(), 0.16);
    for (int value = 0; value <= chart.top(); value += chart.step()) {
      String label = String.valueOf(value);
      if (isSideways()) {
        double x = layout.left() + length(value);
        canvas.stroke(new Line2D.Double(x, layout.top(), x, layout.bottom()), faint, 1);
        text(label, x, layout.bottom() + 14, Canvas.Anchor.CENTRE);
      } else {
        double y = layout.bottom() - length(value);
        canvas.stroke(new Line2D.Double(layout.left(), y, layout.right(), y), faint, 1);
        text(label, layout.left() - 5, y + 4, Canvas.Anchor.RIGHT);
      }
    }
    paintUnit();
  }

  private void paintUnit() {
    if (isSideways()) {
      double x = (layout.left() + layout.right()) / 2;
      text(chart.theme().unit(), x, layout.bottom() + 29, Canvas.Anchor.CENTRE);
    } else {
      text(chart.theme().unit(), 6, layout.top() - 9, Canvas.Anchor.LEFT);
    }
  }

  private void paintCategory(int category) {
    String name = chart.categories().get(category);
    if (isSideways()) {
      text(name, layout.left() - 6, middle(category) + 4, Canvas.Anchor.RIGHT);
    } else {
      text(name, middle(category), layout.bottom() + 15, Canvas.Anchor.CENTRE);
    }
  }

  private void paintSeries(int series) {
    if (chart.look() == Chart.Look.LINE) {
      paintLine(series);
    } else {
      for (int i = 0; i < chart.count(); i++) {
        paintBar(series, i);
      }
    }
  }

  private void paintLine(int series) {
    Color colour = style.seriesColour(series);
    Path2D line = new Path2D.Double();
    for (int i = 0; i < chart.count(); i++) {
      double x = middle(i);
      double y = layout.bottom() - length(chart.value(series, i));
      if (i == 0) {
        line.moveTo(x, y);
      } else {
        line.lineTo(x, y);
      }
      canvas.fill(new Ellipse2D.Double(x - 4, y - 4, 8, 8), colour);
    }
    canvas.stroke(line, colour, 2.2);
  }

  private void paintBar(int series, int category) {
    int count = chart.series().size();
    double slot = (isSideways() ? layout.height() : layout.width()) / chart.count();
    double thickness = slot * BAR_SHARE / count;
    double start = middle(category) - slot * BAR_SHARE / 2 + series * thickness;
    double length = length(chart.value(series, category));
    Color colour = count == 1 ? style.fills().get(category) : style.seriesColour(series);
    if (isSideways()) {
      canvas.fill(new Rectangle2D.Double(layout.left(), start, length, thickness), colour);
    } else {
      canvas.fill(
          new Rectangle2D.Double(start, layout.bottom() - length, thickness, length), colour);
    }
    if (chart.print() == Chart.Print.VALUES) {
      printValue(chart.value(series, category), start + thickness / 2, length);
    }
  }

  private void printValue(int value, double across, double length) {
    String label = String.valueOf(value);
    if (isSideways()) {
      text(label, layout.left() + length + 4, across + 4, Canvas.Anchor.LEFT);
    } else {
      text(label, across, layout.bottom() - length - 4, Canvas.Anchor.CENTRE);
    }
  }

  private void paintFrame() {
    canvas.stroke(
        new Line2D.Double(layout.left(), layout.bottom(), layout.right(), layout.bottom()),
        style.ink(),
        1.4);
    canvas.stroke(
        new Line2D.Double(layout.left(), layout.top(), layout.left(), layout.bottom()),
        style.ink(),
        1.4);
  }

  private void text(String text, double x, double y, Canvas.Anchor anchor) {
    canvas.graphics().setColor(style.ink());
    canvas.text(style.face(), text, x, y, ChartLayout.LABEL_PIXELS, anchor);
  }
}
