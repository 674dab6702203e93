package org.sightmill.pipeline.collect.source.procedural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The small values that everything else is written with. */
class PiecesTest {
  @Test
  void writesDecimalsWithoutTrailingZeros() {
    assertThat(Decimals.text(0.3, 3)).isEqualTo("0.3");
    assertThat(Decimals.text(0.0004, 3)).isEqualTo("0");
    assertThat(Decimals.text(0.0625, 3)).isEqualTo("0.063");
    assertThat(Decimals.text(12.05, 2)).isEqualTo("12.05");
    assertThat(Decimals.text(-0.5, 1)).isEqualTo("-0.5");
    assertThat(Decimals.text(-0.0001, 3)).isEqualTo("0");
    assertThat(Decimals.text(7, 0)).isEqualTo("7");
  }

  @Test
  void reducesFractions() {
    assertThat(new Ratio(6, -4)).isEqualTo(new Ratio(-3, 2));
    assertThat(new Ratio(0, 5)).isEqualTo(Ratio.of(0));
    assertThat(new Ratio(-3, 2).latex()).isEqualTo("-\\frac{3}{2}");
    assertThat(Ratio.of(-1).asCoefficient()).isEqualTo("-");
    assertThat(Ratio.of(1).asTerm("x")).isEqualTo("+x");
    assertThat(Ratio.of(0).asTerm()).isEmpty();
    assertThatThrownBy(() -> new Ratio(1, 0)).hasMessage("denominator of 1/0 must not be 0");
  }

  @Test
  void writesFunctionsAsAPersonWould() {
    assertThat(new Curve(Curve.Form.PARABOLA, new Ratio(1, 2), 0, -3).latex())
        .isEqualTo("y=\\frac{1}{2}x^2-3");
    assertThat(new Curve(Curve.Form.PARABOLA, Ratio.of(-1), 2, 1).latex()).isEqualTo("y=-x^2+4x-3");
    assertThat(new Curve(Curve.Form.VERTEX, Ratio.of(2), -1, 0).latex()).isEqualTo("y=2(x+1)^2");
    assertThat(new Curve(Curve.Form.ROOT, Ratio.of(-1), 0, 2).latex()).isEqualTo("y=-\\sqrt{x}+2");
    assertThat(new Curve(Curve.Form.RECIPROCAL, Ratio.of(-4), 1, 0).latex())
        .isEqualTo("y=-\\frac{4}{x-1}");
    assertThat(new Curve(Curve.Form.EXPONENTIAL, Ratio.of(3), 0, -1).latex())
        .isEqualTo("y=3\\cdot 2^x-1");
  }

  @Test
  void evaluatesLatexIndependently() {
    assertThat(LatexFunction.valueAt("y=-\\frac{1}{2}(x-1)^3-3", 3)).isEqualTo(-7);
    assertThat(LatexFunction.valueAt("y=3\\cdot 2^x-1", 2)).isEqualTo(11);
    assertThat(LatexFunction.valueAt("y=-|x+3|+2", -5)).isEqualTo(0);
  }

  @Test
  void joinsWords() {
    assertThat(Words.join(List.of("a"))).isEqualTo("a");
    assertThat(Words.join(List.of("a", "b", "c"))).isEqualTo("a, b and c");
    assertThat(Words.withArticle("orange cube")).isEqualTo("an orange cube");
    assertThat(Words.counted("1 orange cube")).isEqualTo("an orange cube");
    assertThat(Words.counted("3 red cubes")).isEqualTo("three red cubes");
    assertThat(Words.thereAre(List.of("1 cube", "2 cones")))
        .isEqualTo("there is 1 cube and 2 cones");
  }

  @Test
  void escapesJsonText() {
    assertThat(Json.object(Map.entry("a", Json.text("\\frac \"x\""))))
        .isEqualTo("{\"a\":\"\\\\frac \\\"x\\\"\"}");
    assertThat(Json.array(List.of(1, 2), String::valueOf)).isEqualTo("[1,2]");
  }

  @Test
  void drawsDiceEvenly() {
    Dice dice = Dice.of(1, 2, Dice.Purpose.PLAN);
    int[] counts = new int[6];
    for (int i = 0; i < 60_000; i++) {
      counts[dice.below(6)]++;
    }
    assertThat(IntStream.of(counts)).allMatch(count -> count > 9_600 && count < 10_400);
  }

  @Test
  void drawsDifferentDiceForEachPurposeAndRow() {
    long plan = Dice.of(1, 2, Dice.Purpose.PLAN).next();

    assertThat(plan).isEqualTo(Dice.of(1, 2, Dice.Purpose.PLAN).next());
    assertThat(plan).isNotEqualTo(Dice.of(1, 2, Dice.Purpose.SCENE).next());
    assertThat(plan).isNotEqualTo(Dice.of(1, 3, Dice.Purpose.PLAN).next());
    assertThat(plan).isNotEqualTo(Dice.of(2, 2, Dice.Purpose.PLAN).next());
  }

  @Test
  void avoidsTheCurveWithALabel() {
    LabelPlacer placer = new LabelPlacer(200, 200);
    Path2D line = new Path2D.Double();
    line.moveTo(100, 100);
    for (int x = 101; x < 140; x++) {
      line.lineTo(x, 200 - x);
    }
    placer.avoidCurve(line);

    Rectangle2D first = placer.place(100, 100, 40, 14);
    Rectangle2D second = placer.place(104, 100, 40, 14);

    assertThat(first.contains(110, 90)).isFalse();
    assertThat(first.intersects(second)).isFalse();
  }
}
