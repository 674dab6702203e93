package org.sightmill.pipeline.collect.source.procedural;

import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Counters on a board of three by three fields, at most one on a field. Where they lie is the
 * painter's choice: no question depends on it.
 *
 * @param counts how many counters each of {@link #TINTS} has, in that order
 */
record Board(List<Integer> counts) {
  /** The colours of counters. */
  static final List<Tint> TINTS = List.of(Tint.RED, Tint.YELLOW, Tint.GREEN, Tint.BLUE);

  /** As many counters as a board takes. */
  static final int FIELDS = 9;

  private static final int FIELDS_A_SIDE = 3;

  Board {
    counts = List.copyOf(counts);
  }

  int count(Tint tint) {
    return counts.get(TINTS.indexOf(tint));
  }

  Board with(Tint tint, int count) {
    List<Integer> others = new ArrayList<>(counts);
    others.set(TINTS.indexOf(tint), count);
    return new Board(others);
  }

  /** {@code red 2, yellow 0, green 3 and blue 1}. */
  String listing() {
    List<String> parts = new ArrayList<>();
    for (Tint tint : TINTS) {
      parts.add(tint.word() + " " + count(tint));
    }
    return Words.join(parts);
  }

  String caption() {
    return "The counters on the board by colour are " + listing() + ".";
  }

  String json() {
    return Json.array(
        TINTS,
        tint ->
            Json.object(
                Map.entry("tint", Json.text(tint.word())),
                Map.entry("count", String.valueOf(count(tint)))));
  }

  void paint(Canvas canvas, Dice dice) {
    double width = canvas.width() / (double) FIELDS_A_SIDE;
    double height = canvas.height() / (double) FIELDS_A_SIDE;
    canvas.fillAll(dice.pick(Palette.PAPERS));
    for (int line = 1; line < FIELDS_A_SIDE; line++) {
      Color ink = new Color(0, 0, 0, 40);
      canvas.stroke(new Line2D.Double(line * width, 0, line * width, canvas.height()), ink, 2);
      canvas.stroke(new Line2D.Double(0, line * height, canvas.width(), line * height), ink, 2);
    }
    List<Integer> fields = new ArrayList<>();
    for (int field = 0; field < FIELDS; field++) {
      fields.add(field);
    }
    dice.shuffle(fields);
    int next = 0;
    for (Tint tint : TINTS) {
      for (int i = 0; i < count(tint); i++) {
        int field = fields.get(next++);
        int column = field % FIELDS_A_SIDE;
        int row = field / FIELDS_A_SIDE;
        double x = (column + 0.5 + dice.between(-0.08, 0.08)) * width;
        double y = (row + 0.5 + dice.between(-0.08, 0.08)) * height;
        double radius = dice.between(0.3, 0.38) * Math.min(width, height);
        Color colour = Palette.shade(tint.colour(), dice.between(0.85, 1.1));
        canvas.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius), colour);
      }
    }
    new Noise(canvas, dice).paint();
  }
}
