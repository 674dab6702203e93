package org.sightmill.pipeline.collect.source.procedural;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.util.List;
import org.sightmill.pipeline.collect.source.procedural.FunctionTask.Marked;

/** Paints a function's graph over a grid with its marked points. */
final class GraphPainter {
  private static final double MARGIN_PIXELS = 16;
  private static final double TICK_TEXT_PIXELS = 11;
  private static final double POINT_RADIUS_PIXELS = 4.5;
  private static final List<Color> INKS =
      List.of(
          new Color(30, 90, 200),
          new Color(200, 40, 50),
          new Color(20, 130, 70),
          new Color(130, 50, 170),
          new Color(210, 100, 10));

  private final Canvas canvas;
  private final FunctionTask task;
  private final Dice dice;
  private final Color paper;
  private final Color axis;
  private final double xUnit;
  private final double yUnit;
  private final double xEnd;

  GraphPainter(Canvas canvas, FunctionTask task, Dice dice) {
    this.canvas = canvas;
    this.task = task;
    this.dice = dice;
    this.paper = dice.pick(Palette.PAPERS);
    this.axis = new Color(50, 52, 58);
    this.xEnd = isSine() ? 2.25 * Math.PI : task.window().x() + 0.3;
    this.xUnit = (canvas.width() / 2.0 - MARGIN_PIXELS) / xEnd;
    this.yUnit = (canvas.height() / 2.0 - MARGIN_PIXELS) / (task.window().y() + 0.3);
  }

  void paint() {
    canvas.fillAll(paper);
    paintGrid();
    paintAxes();
    paintAsymptotes();
    Color ink = dice.pick(INKS);
    Shape before = canvas.graphics().getClip();
    canvas.stroke(path(), ink, dice.between(2, 3));
    canvas.graphics().setClip(before);
    task.marked().forEach(this::paintPoint);
    new Noise(canvas, dice).paint();
  }

  private boolean isSine() {
    return task.curve().form() == Curve.Form.SINE;
  }

  private double px(double x) {
    return canvas.width() / 2.0 + x * xUnit;
  }

  private double py(double y) {
    return canvas.height() / 2.0 - y * yUnit;
  }

  private double tickStep() {
    return isSine() ? Math.PI / 2 : 1;
  }

  private int ticks() {
    return isSine() ? 4 : task.window().x();
  }

  private void paintGrid() {
    Color faint = Palette.mix(paper, axis, dice.between(0.1, 0.2));
    for (int i = -ticks(); i <= ticks(); i++) {
      double x = px(i * tickStep());
      canvas.stroke(new Line2D.Double(x, 0, x, canvas.height()), faint, 1);
    }
    for (int y = -task.window().y(); y <= task.window().y(); y++) {
      canvas.stroke(new Line2D.Double(0, py(y), canvas.width(), py(y)), faint, 1);
    }
  }

  private void paintAxes() {
    canvas.stroke(new Line2D.Double(4, py(0), canvas.width() - 4, py(0)), axis, 1.5);
    canvas.stroke(new Line2D.Double(px(0), 4, px(0), canvas.height() - 4), axis, 1.5);
    for (int i = -ticks(); i <= ticks(); i++) {
      if (i != 0) {
        text(tickText(i), px(i * tickStep()), py(0) + 14, Canvas.Anchor.CENTRE);
      }
    }
    for (int y = -task.window().y(); y <= task.window().y(); y++) {
      if (y != 0) {
        text(String.valueOf(y), px(0) - 5, py(y) + 4, Canvas.Anchor.RIGHT);
      }
    }
    text("x", canvas.width() - 12, py(0) - 6, Canvas.Anchor.CENTRE);
    text("y", px(0) + 10, 13, Canvas.Anchor.CENTRE);
  }

  private String tickText(int tick) {
    if (!isSine()) {
      return String.valueOf(tick);
    }
    String sign = tick < 0 ? "-" : "";
    int size = Math.abs(tick);
    String whole = (size > 2 ? size / (size % 2 == 0 ? 2 : 1) : "") + "π";
    return sign + whole + (size % 2 == 0 ? "" : "/2");
  }

  private void text(String text, double x, double y, Canvas.Anchor anchor) {
    canvas.graphics().setColor(axis);
    canvas.text(Lettering.SANS, text, x, y, TICK_TEXT_PIXELS, anchor);
  }

  private void paintAsymptotes() {
    Curve.Form form = task.curve().form();
    if (form == Curve.Form.EXPONENTIAL || form == Curve.Form.RECIPROCAL) {
      double y = py(task.curve().k());
      dashed(new Line2D.Double(0, y, canvas.width(), y));
    }
    if (form == Curve.Form.RECIPROCAL) {
      double x = px(task.curve().h());
      dashed(new Line2D.Double(x, 0, x, canvas.height()));
    }
  }

  private void dashed(Line2D line) {
    canvas.graphics().setColor(new Color(120, 120, 130));
    canvas
        .graphics()
        .setStroke(
            new BasicStroke(
                1.4f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[] {6, 5}, 0));
    canvas.graphics().draw(line);
  }

  /** Steps of a pixel and a half; a step out of sight or over a pole lifts the pen. */
  private Path2D path() {
    Path2D path = new Path2D.Double();
    boolean down = false;
    double far = 3.0 * canvas.height();
    double step = 1.5 / xUnit;
    for (double x = -xEnd; x <= xEnd; x += step) {
      double y = py(task.curve().at(x));
      boolean drawn = y > -far && y < far && !crossesPole(x, step);
      if (drawn && down) {
        path.lineTo(px(x), y);
      } else if (drawn) {
        path.moveTo(px(x), y);
      }
      down = drawn;
    }
    return path;
  }

  private boolean crossesPole(double x, double step) {
    double h = task.curve().h();
    return task.curve().form() == Curve.Form.RECIPROCAL && x >= h && x - step <= h;
  }

  private void paintPoint(Marked point) {
    double x = px(point.x());
    double y = py(point.y());
    canvas.fill(circle(x, y, POINT_RADIUS_PIXELS + 1.2), paper);
    canvas.fill(circle(x, y, POINT_RADIUS_PIXELS), new Color(20, 20, 24));
    if (task.labels() == FunctionTask.MarkLabels.WRITTEN) {
      boolean left = x > canvas.width() * 0.8;
      canvas.graphics().setColor(new Color(20, 20, 24));
      canvas.text(
          Lettering.BOLD,
          point.text(),
          left ? x - 9 : x + 9,
          y - 8,
          TICK_TEXT_PIXELS + 1,
          left ? Canvas.Anchor.RIGHT : Canvas.Anchor.LEFT);
    }
  }

  private static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
