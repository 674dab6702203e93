package org.sightmill.pipeline.collect.source.procedural;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.sightmill.pipeline.collect.source.procedural.FunctionTask.Marked;

/** Paints a function's graph over a grid with its marked points. */
final class GraphPainter {
  private static final double MARGIN_PIXELS = 16;
  private static final double TICK_TEXT_PIXELS = 11;
  private static final double POINT_RADIUS_PIXELS = 4.5;
  private static final double LABEL_PIXELS = 12;
  private static final Color POINT = new Color(20, 20, 24);
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

  GraphPainter(Canvas canvas, FunctionTask task, Dice dice) {
    this.canvas = canvas;
    this.task = task;
    this.dice = dice;
    this.paper = dice.pick(Palette.PAPERS);
    this.axis = new Color(50, 52, 58);
    double xEnd = isSine() ? 2.25 * Math.PI : task.window().x() + 0.3;
    this.xUnit = (canvas.width() / 2.0 - MARGIN_PIXELS) / xEnd;
    this.yUnit = (canvas.height() / 2.0 - MARGIN_PIXELS) / (task.window().y() + 0.3);
  }

  void paint() {
    canvas.fillAll(paper);
    paintGrid();
    paintAsymptotes();
    paintAxes();
    canvas.stroke(path(), dice.pick(INKS), dice.between(2, 3));
    task.marked().forEach(this::paintPoint);
    if (task.labels() == FunctionTask.MarkLabels.WRITTEN) {
      paintLabels();
    }
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
    double width = Lettering.SANS.width(text, TICK_TEXT_PIXELS);
    double left = anchor == Canvas.Anchor.RIGHT ? x - width : x - width / 2;
    canvas.fill(new Rectangle2D.Double(left - 1, y - 9, width + 2, 10), paper);
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
    double edge = canvas.width() / (2 * xUnit);
    for (double x = -edge; x <= edge; x += step) {
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
    canvas.fill(circle(x, y, POINT_RADIUS_PIXELS), POINT);
  }

  /** Each beside its point where it hides least of the graph and of the axes. */
  private void paintLabels() {
    LabelPlacer placer = new LabelPlacer(canvas.width(), canvas.height());
    placer.avoidLightly(new Rectangle2D.Double(0, py(0) - 1, canvas.width(), 17));
    placer.avoidLightly(new Rectangle2D.Double(px(0) - 22, 0, 24, canvas.height()));
    for (Marked point : task.marked()) {
      placer.avoid(circle(px(point.x()), py(point.y()), POINT_RADIUS_PIXELS).getBounds2D());
    }
    placer.avoidCurve(path());
    for (Marked point : task.marked()) {
      double width = Lettering.BOLD.width(point.text(), LABEL_PIXELS);
      Rectangle2D spot = placer.place(px(point.x()), py(point.y()), width + 6, LABEL_PIXELS + 4);
      canvas.fill(spot, new Color(paper.getRed(), paper.getGreen(), paper.getBlue(), 215));
      canvas.graphics().setColor(POINT);
      canvas.text(
          Lettering.BOLD,
          point.text(),
          spot.getX() + 3,
          spot.getMaxY() - 4,
          LABEL_PIXELS,
          Canvas.Anchor.LEFT);
    }
  }

  private static Ellipse2D circle(double x, double y, double radius) {
    return new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
