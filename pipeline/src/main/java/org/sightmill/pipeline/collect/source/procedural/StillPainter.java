package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Paints objects on a table or on paper. */
final class StillPainter {
  private final Canvas canvas;
  private final Dice dice;

  StillPainter(Canvas canvas, Dice dice) {
    this.canvas = canvas;
    this.dice = dice;
  }

  void paint(Still still) {
    paintGround(still.setting());
    List<Thing> backToFront = new ArrayList<>(still.things());
    backToFront.sort(Comparator.comparingDouble(Thing::y));
    if (still.setting() == Still.Setting.TABLE) {
      backToFront.forEach(thing -> SolidPainter.shadow(canvas, thing));
      backToFront.forEach(thing -> SolidPainter.paint(canvas, thing));
    } else {
      backToFront.forEach(thing -> FlatPainter.paint(canvas, thing));
    }
    new Noise(canvas, dice).paint();
  }

  private void paintGround(Still.Setting setting) {
    switch (setting) {
      case TABLE -> paintTable();
      case PAPER -> paintSheet(dice.pick(Palette.PAPERS), new Color(0, 0, 0, 22));
      case NIGHT -> paintSheet(dice.pick(Palette.BOARDS), new Color(255, 255, 255, 20));
    }
  }

  private void paintTable() {
    Palette.Table table = dice.pick(Palette.TABLES);
    double edge = StillMaker.TABLE_EDGE * canvas.height() * dice.between(0.55, 0.95);
    canvas.fillAll(table.wall());
    canvas
        .graphics()
        .setPaint(
            new GradientPaint(
                0,
                (float) edge,
                Palette.shade(table.top(), 0.88),
                0,
                canvas.height(),
                Palette.shade(table.top(), 1.06)));
    canvas.graphics().fill(new Rectangle2D.Double(0, edge, canvas.width(), canvas.height()));
    canvas.fill(
        new Rectangle2D.Double(0, edge - 2, canvas.width(), 3), Palette.shade(table.wall(), 0.8));
  }

  private void paintSheet(Color paper, Color ink) {
    canvas.fillAll(paper);
    double step = dice.between(18, 40);
    switch (dice.below(4)) {
      case 0 -> paintLines(step, ink);
      case 1 -> {
        paintLines(step, ink);
        for (double x = step; x < canvas.width(); x += step) {
          canvas.stroke(new Line2D.Double(x, 0, x, canvas.height()), ink, 1);
        }
      }
      case 2 -> paintDots(step, ink);
      default -> {
        // Plain paper.
      }
    }
  }

  private void paintLines(double step, Color ink) {
    for (double y = step; y < canvas.height(); y += step) {
      canvas.stroke(new Line2D.Double(0, y, canvas.width(), y), ink, 1);
    }
  }

  private void paintDots(double step, Color ink) {
    for (double y = step / 2; y < canvas.height(); y += step) {
      for (double x = step / 2; x < canvas.width(); x += step) {
        canvas.fill(new Ellipse2D.Double(x - 1, y - 1, 2, 2), ink);
      }
    }
  }
}
