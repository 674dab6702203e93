package org.sightmill.pipeline.collect.source.procedural;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Derives every answer once more from the question's words and the meta text alone. */
class AnswerTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ROWS = 3000;

  private record Row(ProceduralLabel label, JsonNode scene) {}

  private static List<Row> rows(ProceduralFamily family) throws Exception {
    ProceduralSource source =
        new ProceduralSource(
            new ProceduralConfig(31, ROWS, Map.of(family, 1.0), 5, 0.08, 0.3, 320, 512));
    List<Row> rows = new ArrayList<>();
    for (ProceduralLabel label : LongStream.range(0, ROWS).mapToObj(source::label).toList()) {
      JsonNode meta = JSON.readTree(label.meta());
      assertThat(meta.get("family").asText()).isEqualTo(family.label());
      rows.add(new Row(label, meta.get("scene")));
    }
    return rows;
  }

  /** Whether an object has every adjective and the noun of a phrase such as "red cubes". */
  private static boolean fits(JsonNode object, String phrase) {
    for (String word : phrase.split(" ")) {
      String singular =
          word.equals("crosses")
              ? "cross"
              : word.endsWith("s") && !word.equals("cross")
                  ? word.substring(0, word.length() - 1)
                  : word;
      boolean known = singular.equals("object");
      for (String key : List.of("shape", "color", "size", "finish")) {
        known |= object.get(key).asText().equals(singular);
      }
      if (!known) {
        return false;
      }
    }
    return true;
  }

  private static List<JsonNode> objects(JsonNode still) {
    List<JsonNode> objects = new ArrayList<>();
    still.get("objects").forEach(objects::add);
    return objects;
  }

  private static long count(List<JsonNode> objects, String phrase) {
    return objects.stream().filter(object -> fits(object, phrase)).count();
  }

  private static long recount(String question, List<JsonNode> objects) {
    Matcher comparison =
        Pattern.compile("How many more (.+) than (.+) are there\\?").matcher(question);
    if (comparison.matches()) {
      return count(objects, comparison.group(1)) - count(objects, comparison.group(2));
    }
    List<JsonNode> left = new ArrayList<>(objects);
    long added = 0;
    Matcher move = Pattern.compile("(Subtract all|Add (\\d+)) ([^.]+)\\.").matcher(question);
    while (move.find()) {
      String phrase = move.group(3);
      left.removeIf(object -> move.group(2) == null && fits(object, phrase));
      added += move.group(2) == null ? 0 : Long.parseLong(move.group(2));
    }
    Matcher asked =
        Pattern.compile("How many (.+) are (there|there now|left)\\?").matcher(question);
    assertThat(asked.find()).isTrue();
    return count(left, asked.group(1)) + added;
  }

  @Test
  void countsWhatTheQuestionAsksFor() throws Exception {
    for (Row row : rows(ProceduralFamily.COUNTING)) {
      List<JsonNode> objects = objects(row.scene().get("still"));

      assertThat(row.label().answer())
          .as(row.label().question())
          .isEqualTo(String.valueOf(recount(row.label().question(), objects)));
      assertThat(Integer.parseInt(row.label().answer())).isBetween(1, 20);
    }
  }

  @Test
  void readsTheChart() throws Exception {
    for (Row row : rows(ProceduralFamily.CHART)) {
      JsonNode chart = row.scene().get("chart");
      String expected = ChartOracle.answer(chart, row.label().question());
      String option = row.label().choices().text(row.label().answer().charAt(0));

      assertThat(option).as(row.label().question() + chart).isEqualTo(expected);
    }
  }

  @Test
  void sharesOfAPieAddUpToTheWhole() throws Exception {
    for (Row row : rows(ProceduralFamily.CHART)) {
      JsonNode chart = row.scene().get("chart");
      if (chart.get("look").asText().equals("pie")) {
        int sum = 0;
        for (JsonNode value : chart.get("series").get(0).get("values")) {
          sum += value.asInt();
        }
        assertThat(sum).isEqualTo(100);
      }
    }
  }

  @Test
  void findsTheFunctionThroughTheMarkedPoints() throws Exception {
    for (Row row : rows(ProceduralFamily.FUNCTION)) {
      for (JsonNode point : row.scene().get("points")) {
        double x = point.get(0).asDouble();
        double y = point.get(1).asDouble();

        assertThat(LatexFunction.valueAt(row.label().answer(), x))
            .as(row.label().answer() + " at " + x)
            .isCloseTo(y, within(1e-3));
        assertThat(Math.abs(x)).isLessThan(row.scene().get("x_max").asDouble());
        assertThat(Math.abs(y)).isLessThan(row.scene().get("y_max").asDouble());
      }
    }
  }

  /** The curve that is painted, evaluated on its own, is the one the gold writes. */
  @Test
  void writesTheCurveThatIsPainted() {
    ProceduralSource source =
        new ProceduralSource(
            new ProceduralConfig(
                8, ROWS, Map.of(ProceduralFamily.FUNCTION, 1.0), 5, 0, 0, 320, 512));
    for (int i = 0; i < ROWS; i++) {
      Curve curve = ((FunctionTask) source.plan(i).task()).curve();
      for (double x = -6.3; x < 7; x += 0.9) {
        double y = curve.at(x);
        if (Double.isFinite(y)) {
          assertThat(LatexFunction.valueAt(curve.latex(), x)).isCloseTo(y, within(1e-6));
        }
      }
    }
  }

  @Test
  void boxesTheOneObjectThatFits() throws Exception {
    Pattern reference =
        Pattern.compile(
            "\\w+(?: out)? the ([a-z ]+?)(?: (farthest|nearest) to the (\\w+))?\\. Give");
    for (Row row : rows(ProceduralFamily.LOCATING)) {
      Matcher words = reference.matcher(row.label().question());
      assertThat(words.find()).as(row.label().question()).isTrue();
      List<JsonNode> fitting =
          objects(row.scene().get("still")).stream()
              .filter(object -> fits(object, words.group(1)))
              .sorted(Comparator.comparingDouble(object -> rank(object, words.group(3))))
              .toList();
      assertThat(fitting.size()).isGreaterThanOrEqualTo(words.group(3) == null ? 1 : 2);
      if (words.group(3) == null) {
        assertThat(fitting).hasSize(1);
      }
      assertIsBoxOf(row.label(), fitting.get(0).get("box"));
    }
  }

  private static double rank(JsonNode object, String side) {
    JsonNode box = object.get("box");
    double x = box.get(0).asDouble() + box.get(2).asDouble();
    double y = box.get(1).asDouble() + box.get(3).asDouble();
    if (side == null) {
      return 0;
    }
    return switch (side) {
      case "left" -> x;
      case "right" -> -x;
      case "top" -> y;
      default -> -y;
    };
  }

  private static void assertIsBoxOf(ProceduralLabel label, JsonNode pixels) throws Exception {
    JsonNode box = JSON.readTree(label.answer());
    for (int i = 0; i < 4; i++) {
      double side = i % 2 == 0 ? label.width() : label.height();
      assertThat(box.get(i).asDouble()).isBetween(0.0, 1.0);
      assertThat(box.get(i).asDouble() * side)
          .isCloseTo(pixels.get(i).asDouble(), within(0.0005 * side + 1e-9));
    }
  }

  @Test
  void describesEverythingThatIsThere() throws Exception {
    for (Row row : rows(ProceduralFamily.SCENE)) {
      JsonNode scene = row.scene();
      List<String> needed = new ArrayList<>();
      for (String part : List.of("ground", "sky", "objects")) {
        if (scene.has(part)) {
          scene.get(part).forEach(element -> addNeeded(needed, element));
        }
      }
      assertThat(needed).isNotEmpty();
      assertThat(row.label().answer().toLowerCase(Locale.ROOT)).contains(needed);
    }
  }

  private static void addNeeded(List<String> needed, JsonNode element) {
    if (element.isTextual()) {
      needed.add(element.asText());
    } else if (element.isObject()) {
      needed.add(element.get("color").asText());
      needed.add(element.get("shape").asText());
    }
  }
}
