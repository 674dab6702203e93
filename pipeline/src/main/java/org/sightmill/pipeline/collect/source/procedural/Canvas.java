package org.sightmill.pipeline.collect.source.procedural;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.List;

/** The picture being painted, with text as outlines. Used by one thread. */
final class Canvas {
  private final BufferedImage image;
  private final Graphics2D graphics;
  private final List<Rectangle2D> textBounds = new ArrayList<>();

  Canvas(int width, int height) {
    image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  Graphics2D graphics() {
    return graphics;
  }

  /** Where text begins, ends or is centred. */
  enum Anchor {
    LEFT(0),
    CENTRE(0.5),
    RIGHT(1);

    private final double share;

    Anchor(double share) {
      this.share = share;
    }
  }

  void fill(Shape shape, Color colour) {
    graphics.setColor(colour);
    graphics.fill(shape);
  }

  void fillAll(Color colour) {
    graphics.setColor(colour);
    graphics.fillRect(0, 0, width(), height());
  }

  void stroke(Shape shape, Color colour, double widthPixels) {
    graphics.setColor(colour);
    graphics.setStroke(
        new BasicStroke((float) widthPixels, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
    graphics.draw(shape);
  }

  /** Draws a line of text with its baseline at y. */
  void text(Lettering face, String text, double x, double y, double sizePixels, Anchor anchor) {
    double left = x - anchor.share * face.width(text, sizePixels);
    Shape outline = face.outline(text, left, y, sizePixels);
    graphics.fill(outline);
    textBounds.add(outline.getBounds2D());
  }

  /** The bounds of every text drawn so far. */
  List<Rectangle2D> textBounds() {
    return List.copyOf(textBounds);
  }

  /** The pixels, row by row, as 0xRRGGBB; shared with this canvas. */
  int[] pixels() {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  byte[] toPng() {
    graphics.dispose();
    return PngWriter.write(pixels(), width(), height());
  }
}
