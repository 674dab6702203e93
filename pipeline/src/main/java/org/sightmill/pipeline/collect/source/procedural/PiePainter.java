package org.sightmill.pipeline.collect.source.procedural;

import java.awt.geom.Arc2D;
import java.awt.geom.Rectangle2D;
import org.sightmill.pipeline.collect.source.procedural.ChartPainter.ChartStyle;

/** Paints a pie with its legend at the right. */
final class PiePainter {
  private static final double FULL_TURN_DEGREES = 360;
  private static final double LEGEND_ROW_PIXELS = 21;

  private final Canvas canvas;
  private final Chart chart;
  private final ChartStyle style;
  private final double startDegrees;

  PiePainter(Canvas canvas, Chart chart, ChartStyle style, Dice dice) {
    this.canvas = canvas;
    this.chart = chart;
    this.style = style;
    this.startDegrees = dice.between(0, FULL_TURN_DEGREES);
  }

  void paint() {
    double room = canvas.width() - legendWidth() - 40;
    double radius = Math.min(room, canvas.height() - 60.0) / 2;
    double centreX = 16 + room / 2;
    double centreY = 36 + (canvas.height() - 44.0) / 2;
    double start = startDegrees;
    for (int i = 0; i < chart.count(); i++) {
      double extent = chart.value(i) * FULL_TURN_DEGREES / 100;
      Arc2D slice = new Arc2D.Double(Arc2D.PIE);
      slice.setArcByCenter(centreX, centreY, radius, start, extent, Arc2D.PIE);
      canvas.fill(slice, style.fills().get(i));
      canvas.stroke(slice, style.paper(), 1.6);
      if (chart.print() == Chart.Print.VALUES) {
        printShare(i, start + extent / 2, centreX, centreY, radius);
      }
      start += extent;
    }
    paintLegend();
  }

  private void printShare(int category, double degrees, double x, double y, double radius) {
    double angle = Math.toRadians(degrees);
    double away = 0.72 * radius;
    canvas.graphics().setColor(Palette.readableOn(style.fills().get(category)));
    canvas.text(
        Lettering.BOLD,
        chart.value(category) + "%",
        x + away * Math.cos(angle),
        y - away * Math.sin(angle) + 4,
        12,
        Canvas.Anchor.CENTRE);
  }

  private double legendWidth() {
    return chart.categories().stream()
            .mapToDouble(name -> style.face().width(name, ChartLayout.LABEL_PIXELS + 1))
            .max()
            .orElse(0)
        + 20;
  }

  private void paintLegend() {
    double x = canvas.width() - legendWidth() - 10;
    double y = 36 + (canvas.height() - 44.0 - LEGEND_ROW_PIXELS * chart.count()) / 2;
    for (int i = 0; i < chart.count(); i++) {
      canvas.fill(new Rectangle2D.Double(x, y, 12, 12), style.fills().get(i));
      canvas.graphics().setColor(style.ink());
      canvas.text(
          style.face(),
          chart.categories().get(i),
          x + 18,
          y + 11,
          ChartLayout.LABEL_PIXELS + 1,
          Canvas.Anchor.LEFT);
      y += LEGEND_ROW_PIXELS;
    }
  }
}
