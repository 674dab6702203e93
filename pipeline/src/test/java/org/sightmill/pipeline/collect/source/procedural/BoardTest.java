package org.sightmill.pipeline.collect.source.procedural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class BoardTest {
  private static final int ROWS = 4000;

  private static ProceduralSource source(ProceduralFamily family) {
    return new ProceduralSource(
        new ProceduralConfig(31, ROWS, Map.of(family, 1.0), 5, 0, 0, 256, 256));
  }

  private static Map<String, Integer> counts(ProceduralLabel label) throws IOException {
    Map<String, Integer> counts = new TreeMap<>();
    for (JsonNode tint : new ObjectMapper().readTree(label.meta()).at("/scene/board")) {
      counts.put(tint.get("tint").asText(), tint.get("count").asInt());
    }
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isBetween(0, 9);
    return counts;
  }

  @Test
  void talliesTheColourThatIsAskedFor() throws IOException {
    ProceduralSource source = source(ProceduralFamily.TALLY);
    Map<String, Long> answers = new HashMap<>();
    for (int row = 0; row < ROWS; row++) {
      ProceduralLabel label = source.label(row);
      String asked = label.question().split(" ")[2];
      assertThat(label.answer()).isEqualTo(counts(label).get(asked).toString());
      assertThat(label.rationale()).contains("For %s that is %s.".formatted(asked, label.answer()));
      answers.merge(label.answer(), 1L, Long::sum);
    }
    assertThat(answers).containsOnlyKeys("0", "1", "2", "3", "4");
    assertThat(answers.values()).allSatisfy(n -> assertThat(n).isCloseTo(800, within(110L)));
  }

  @Test
  void oneColourAloneIsTheMostFrequent() throws IOException {
    ProceduralSource source = source(ProceduralFamily.MAJORITY);
    Map<String, Long> answers = new HashMap<>();
    for (int row = 0; row < ROWS; row++) {
      ProceduralLabel label = source.label(row);
      Map<String, Integer> counts = counts(label);
      String most = label.choices().text(label.answer().charAt(0));
      int top = counts.remove(most);
      assertThat(counts.values()).allSatisfy(other -> assertThat(other).isLessThan(top));
      answers.merge(label.answer(), 1L, Long::sum);
    }
    assertThat(answers).containsOnlyKeys("A", "B", "C", "D");
    assertThat(answers.values()).allSatisfy(n -> assertThat(n).isCloseTo(1000, within(120L)));
  }

  @Test
  void aGlanceIsRightWhereTheBoardIsSimple() throws IOException {
    ProceduralSource tallies = source(ProceduralFamily.TALLY);
    for (int row = 0; row < 500; row++) {
      int count = Integer.parseInt(tallies.label(row).answer());
      assertThat(tallies.glanced(row)).isEqualTo(String.valueOf(count > 2 ? count - 1 : count));
    }
    ProceduralSource majorities = source(ProceduralFamily.MAJORITY);
    for (int row = 0; row < 500; row++) {
      ProceduralLabel label = majorities.label(row);
      Map<String, Integer> counts = counts(label);
      int most = counts.remove(label.choices().text(label.answer().charAt(0)));
      int second = counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
      assertThat(majorities.glanced(row).equals(label.answer())).isEqualTo(most - second > 1);
    }
  }

  @Test
  void misreadingsConcludeWithAnotherAnswer() {
    for (ProceduralFamily family :
        new ProceduralFamily[] {ProceduralFamily.TALLY, ProceduralFamily.MAJORITY}) {
      ProceduralSource wrong =
          new ProceduralSource(
              new ProceduralConfig(31, 500, Map.of(family, 1.0), 5, 1, 0, 256, 256));
      assertThat(LongStream.range(0, 500).mapToObj(wrong::label))
          .allSatisfy(label -> assertThat(label.concludedAnswer()).isNotEqualTo(label.answer()));
    }
  }

  @Test
  void theOtherFamiliesAreMisreadAtAGlance() {
    ProceduralSource source = source(ProceduralFamily.COUNTING);
    assertThat(LongStream.range(0, 200).boxed().collect(Collectors.toList()))
        .allSatisfy(
            row -> assertThat(source.glanced(row)).isNotEqualTo(source.label(row).answer()));
  }

  /** A colour has as many fields as the label says: pixels near their colour, in each field. */
  @Test
  void paintsEachCounterInAFieldOfItsOwn() throws IOException {
    ProceduralSource source = source(ProceduralFamily.TALLY);
    for (int row = 0; row < 40; row++) {
      ProceduralItem item = source.item(row);
      java.awt.image.BufferedImage image = ImageIO.read(new ByteArrayInputStream(item.png()));
      Map<String, Integer> painted = new TreeMap<>();
      Board.TINTS.forEach(tint -> painted.put(tint.word(), 0));
      for (int field = 0; field < Board.FIELDS; field++) {
        int x = (2 * (field % 3) + 1) * image.getWidth() / 6;
        int y = (2 * (field / 3) + 1) * image.getHeight() / 6;
        nearest(image.getRGB(x, y)).ifPresent(tint -> painted.merge(tint, 1, Integer::sum));
      }
      assertThat(painted).isEqualTo(counts(item.label()));
    }
  }

  private static java.util.Optional<String> nearest(int rgb) {
    for (Tint tint : Board.TINTS) {
      int distance = 0;
      for (int shift = 0; shift <= 16; shift += 8) {
        distance += Math.abs(((rgb >> shift) & 255) - ((tint.colour().getRGB() >> shift) & 255));
      }
      if (distance < 150) {
        return java.util.Optional.of(tint.word());
      }
    }
    return java.util.Optional.empty();
  }
}
