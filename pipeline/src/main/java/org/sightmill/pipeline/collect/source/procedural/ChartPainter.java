package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;

/** Paints a chart: ground, title, legend and the plot. */
final class ChartPainter {
  private final Canvas canvas;
  private final Chart chart;
  private final Dice dice;
  private final ChartStyle style;

  ChartPainter(Canvas canvas, Chart chart, Dice dice) {
    this.canvas = canvas;
    this.chart = chart;
    this.dice = dice;
    this.style = ChartStyle.draw(dice, chart.count());
  }

  void paint() {
    canvas.fillAll(style.paper());
    paintTitle();
    if (chart.look() == Chart.Look.PIE) {
      new PiePainter(canvas, chart, style, dice).paint();
    } else {
      new AxesPainter(canvas, chart, style).paint();
    }
    if (chart.hasTwoSeries()) {
      paintLegend();
    }
    new Noise(canvas, dice).paint();
  }

  private void paintTitle() {
    double size = ChartLayout.TITLE_PIXELS * canvas.width() / 400.0;
    double fitting = 0.94 * canvas.width() / Lettering.BOLD.width(chart.theme().title(), 1);
    canvas.graphics().setColor(style.ink());
    canvas.text(
        Lettering.BOLD,
        chart.theme().title(),
        canvas.width() / 2.0,
        24,
        Math.min(size, fitting),
        Canvas.Anchor.CENTRE);
  }

  private void paintLegend() {
    double x = canvas.width() / 2.0 - 90;
    for (int i = 0; i < chart.series().size(); i++) {
      canvas.fill(new Rectangle2D.Double(x, ChartLayout.LEGEND_TOP, 11, 11), style.seriesColour(i));
      canvas.graphics().setColor(style.ink());
      canvas.text(
          style.face(),
          chart.series().get(i).name(),
          x + 16,
          ChartLayout.LEGEND_TOP + 10,
          ChartLayout.LABEL_PIXELS + 1,
          Canvas.Anchor.LEFT);
      x += 100;
    }
  }

  /**
   * Colours and typeface of a chart.
   *
   * @param fills one for each category; alike for plain charts
   */
  record ChartStyle(Color paper, Color ink, Lettering face, List<Color> fills, Color other) {
    private static final List<Color> FILLS =
        List.of(
            new Color(52, 110, 180),
            new Color(226, 120, 40),
            new Color(70, 150, 84),
            new Color(196, 62, 72),
            new Color(132, 96, 176),
            new Color(236, 188, 50),
            new Color(60, 170, 180),
            new Color(140, 100, 80));

    static ChartStyle draw(Dice dice, int count) {
      boolean dark = dice.chance(0.15);
      Color paper = dark ? dice.pick(Palette.BOARDS) : dice.pick(Palette.PAPERS);
      Color ink = dark ? new Color(226, 228, 232) : new Color(40, 42, 48);
      List<Color> fills = new ArrayList<>(FILLS);
      dice.shuffle(fills);
      Lettering face = dice.chance(0.3) ? Lettering.SLAB : Lettering.SANS;
      return new ChartStyle(paper, ink, face, fills.subList(0, count), fills.get(count - 1));
    }

    /** The colour of a whole series. */
    Color seriesColour(int series) {
      return series == 0 ? fills.get(0) : other;
    }
  }
}
