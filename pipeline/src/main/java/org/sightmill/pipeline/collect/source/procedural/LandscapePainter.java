package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/** Paints a landscape: sky, hills, ground, then each element in its third. */
final class LandscapePainter {
  private static final double HORIZON = 0.58;
  private static final int STARS = 40;

  private final Canvas canvas;
  private final Landscape landscape;
  private final Dice dice;

  LandscapePainter(Canvas canvas, Landscape landscape, Dice dice) {
    this.canvas = canvas;
    this.landscape = landscape;
    this.dice = dice;
  }

  void paint() {
    paintSky();
    paintHills();
    paintGround();
    double third = canvas.width() / 3.0;
    double unit = Math.min(third, canvas.height() / 3.0);
    for (int i = 0; i < 3; i++) {
      Element above = landscape.sky().get(i);
      Element below = landscape.ground().get(i);
      double x = third * (i + 0.5) + dice.between(-0.06, 0.06) * third;
      if (above != null) {
        double y = canvas.height() * dice.between(0.17, 0.26);
        new SkyElementPainter(canvas, x, y, unit, skyColours()[0]).paint(above);
      }
      if (below != null) {
        double foot = canvas.height() * dice.between(0.76, 0.88);
        new GroundElementPainter(canvas, x, foot, unit, landscape).paint(below);
      }
    }
    new Noise(canvas, dice).paint();
  }

  /** At the top and at the horizon. */
  private Color[] skyColours() {
    return switch (landscape.hour()) {
      case DAY -> new Color[] {new Color(112, 178, 234), new Color(206, 230, 246)};
      case SUNSET -> new Color[] {new Color(120, 82, 140), new Color(250, 172, 110)};
      case NIGHT -> new Color[] {new Color(12, 18, 48), new Color(40, 52, 96)};
    };
  }

  private double horizon() {
    return HORIZON * canvas.height();
  }

  private void paintSky() {
    Color[] colours = skyColours();
    canvas
        .graphics()
        .setPaint(new GradientPaint(0, 0, colours[0], 0, (float) horizon(), colours[1]));
    canvas.graphics().fill(new Rectangle2D.Double(0, 0, canvas.width(), horizon() + 2));
    if (landscape.hour() == Landscape.Hour.NIGHT) {
      for (int i = 0; i < STARS; i++) {
        double x = dice.between(0, canvas.width());
        double y = dice.between(0, horizon() * 0.9);
        canvas.fill(new Ellipse2D.Double(x, y, 1.7, 1.7), new Color(235, 235, 220, 190));
      }
    }
  }

  private Color groundColour() {
    Color colour =
        switch (landscape.land()) {
          case MEADOW -> new Color(104, 168, 78);
          case DESERT -> new Color(226, 192, 128);
          case SNOW -> new Color(236, 240, 246);
        };
    return switch (landscape.hour()) {
      case DAY -> colour;
      case SUNSET -> Palette.mix(colour, new Color(150, 90, 80), 0.22);
      case NIGHT -> Palette.mix(colour, new Color(20, 28, 60), 0.5);
    };
  }

  private void paintHills() {
    Color hill = Palette.mix(Palette.shade(groundColour(), 0.86), skyColours()[1], 0.35);
    double phase = dice.between(0, 6);
    double height = canvas.height() * dice.between(0.04, 0.1);
    Path2D path = new Path2D.Double();
    path.moveTo(0, canvas.height());
    for (double x = 0; x <= canvas.width() + 4; x += 4) {
      double wave =
          Math.sin(phase + 7 * x / canvas.width())
              + 0.5 * Math.sin(phase * 2 + 13 * x / canvas.width());
      path.lineTo(x, horizon() - height * (0.7 + 0.5 * wave));
    }
    path.lineTo(canvas.width() + 4.0, canvas.height());
    path.closePath();
    canvas.fill(path, hill);
  }

  private void paintGround() {
    Color ground = groundColour();
    canvas
        .graphics()
        .setPaint(
            new GradientPaint(
                0,
                (float) horizon(),
                Palette.shade(ground, 1.04),
                0,
                canvas.height(),
                Palette.shade(ground, 0.86)));
    canvas
        .graphics()
        .fill(new Rectangle2D.Double(0, horizon() + 2, canvas.width(), canvas.height()));
  }
}
