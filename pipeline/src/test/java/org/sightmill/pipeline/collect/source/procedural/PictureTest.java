package org.sightmill.pipeline.collect.source.procedural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.sample.Box;

class PictureTest {
  private static Canvas painted(ProceduralFamily family, long index, int side) {
    ProceduralSource source =
        new ProceduralSource(
            new ProceduralConfig(21, 10_000, Map.of(family, 1.0), 5, 0, 0, side, side + 100));
    ProceduralSource.Plan plan = source.plan(index);
    Canvas canvas = new Canvas(plan.width(), plan.height());
    plan.task().paint(canvas, Dice.of(21, index, Dice.Purpose.PAINT));
    return canvas;
  }

  @Test
  void cutsNoTextOff() {
    for (ProceduralFamily family : List.of(ProceduralFamily.CHART, ProceduralFamily.FUNCTION)) {
      for (int i = 0; i < 300; i++) {
        Canvas canvas = painted(family, i, i % 2 == 0 ? 320 : 256);
        Rectangle2D picture = new Rectangle2D.Double(0, 0, canvas.width(), canvas.height());

        assertThat(canvas.textBounds())
            .isNotEmpty()
            .as(family + " " + i)
            .allMatch(picture::contains);
      }
    }
  }

  @Test
  void writesNoTextOfAChartOverAnother() {
    for (int i = 0; i < 400; i++) {
      List<Rectangle2D> texts = painted(ProceduralFamily.CHART, i, 320).textBounds();
      for (int a = 0; a < texts.size(); a++) {
        for (int b = 0; b < a; b++) {
          assertThat(texts.get(a).intersects(texts.get(b)))
              .as("texts %d and %d of chart %d", a, b, i)
              .isFalse();
        }
      }
    }
  }

  /** Paints each form alone on white and finds the extent of what is not white. */
  @Test
  void paintsEachFormExactlyIntoItsBounds() {
    for (Form form : Form.values()) {
      List<Finish> finishes =
          Form.SOLIDS.contains(form)
              ? List.of(Finish.RUBBER, Finish.METAL)
              : List.of(Finish.FILLED, Finish.OUTLINED);
      for (Finish finish : finishes) {
        for (int radius : new int[] {13, 22, 47}) {
          Thing thing = new Thing(form, Tint.BLUE, Stature.LARGE, finish, 100, 110, radius);

          assertSameExtent(thing.bounds(), extent(thing), form + " " + finish);
        }
      }
    }
  }

  private static Box extent(Thing thing) {
    Canvas canvas = new Canvas(220, 220);
    canvas.fillAll(Color.WHITE);
    if (Form.SOLIDS.contains(thing.form())) {
      SolidPainter.paint(canvas, thing);
    } else {
      FlatPainter.paint(canvas, thing);
    }
    int[] hit =
        IntStream.range(0, 220 * 220)
            .filter(at -> (canvas.pixels()[at] & 0xFF0000) < 0xE00000)
            .toArray();
    return new Box(
        IntStream.of(hit).map(at -> at % 220).min().orElseThrow(),
        IntStream.of(hit).map(at -> at / 220).min().orElseThrow(),
        IntStream.of(hit).map(at -> at % 220).max().orElseThrow() + 1,
        IntStream.of(hit).map(at -> at / 220).max().orElseThrow() + 1);
  }

  /** Sharp tips fade out over a pixel or two. */
  private static void assertSameExtent(Box stated, Box seen, String what) {
    assertThat(seen.x1()).as(what).isCloseTo(stated.x1(), within(2.0));
    assertThat(seen.y1()).as(what).isCloseTo(stated.y1(), within(2.0));
    assertThat(seen.x2()).as(what).isCloseTo(stated.x2(), within(2.0));
    assertThat(seen.y2()).as(what).isCloseTo(stated.y2(), within(2.0));
    assertThat(seen.x1()).as(what).isGreaterThanOrEqualTo(stated.x1());
    assertThat(seen.x2()).as(what).isLessThanOrEqualTo(stated.x2());
  }

  @Test
  void hidesNoObjectBehindAnother() {
    for (int i = 0; i < 2000; i++) {
      ProceduralSource source =
          new ProceduralSource(
              new ProceduralConfig(
                  4, 2000, Map.of(ProceduralFamily.COUNTING, 1.0), 5, 0, 0, 256, 512));
      Still still = ((CountingTask) source.plan(i).task()).still();
      Box picture = new Box(0, 0, still.size().width(), still.size().height());
      for (Thing thing : still.things()) {
        assertThat(thing.bounds().dividedBy(picture.x2(), picture.y2()).isWithinUnitSquare())
            .isTrue();
        assertThat(thing.radius()).isGreaterThanOrEqualTo(7);
        assertThat(still.things().stream().filter(other -> other.bounds().iou(thing.bounds()) > 0))
            .hasSize(1);
      }
    }
  }

  @Test
  void measuresTextByTheFontsOwnAdvances() {
    // Roboto Regular: 2048 units per em; "1" advances 1151 units, "A" 1336.
    assertThat(Lettering.SANS.width("11", 2048)).isEqualTo(2 * 1151.0);
    assertThat(Lettering.SANS.width("1A", 1024)).isEqualTo((1151 + 1336) / 2.0);
    assertThat(Lettering.SANS.outline("|", 0, 0, 2048).getBounds2D().getWidth())
        .isBetween(1.0, 500.0);
  }

  @Test
  void refusesACharacterWithoutAnOutline() {
    assertThatThrownBy(() -> Lettering.SLAB.width("漢", 10))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no outline for character U+6f22");
  }
}
