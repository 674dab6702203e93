package org.sightmill.pipeline.collect.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class JsonElementsTest {
  @Test
  void takesElementsOfAnArrayAndValuesOfAnObject() throws IOException {
    assertThat(elements(" [ {\"a\": \"]}\\\"\"} ,{\"b\":[1]}, 3 ] ", null))
        .containsExactly("{\"a\": \"]}\\\"\"}", "{\"b\":[1]}", "3");
    assertThat(elements("{\"x\": {\"a\": 1}, \"y\": {}}", null))
        .containsExactly("x={\"a\": 1}", "y={}");
    assertThat(elements("{\"info\": [1, 2], \"data\": [{}, {\"n\": 1}], \"z\": 1}", "data"))
        .containsExactly("{}", "{\"n\": 1}");
    assertThat(elements("[]", null)).isEmpty();
    assertThat(elements("{\"a\": 1}", "data")).isEmpty();
  }

  @Test
  void saysWhereTheFileBreaks() throws IOException {
    assertThat(elements("[{}, {\"a\": 1", null))
        .containsExactly("{}", "!record 2: the file ends within it");
    assertThat(elements("[{} {}, {}]", null)).containsExactly("{} {}", "{}");
    assertThat(elements("[,{},]", null)).containsExactly("!record 1: it has no value", "{}");
    assertThat(elements("{\"a\": 1, 2, \"b\" : 3}", null))
        .containsExactly("a=1", "!record 2: it has no key", "b=3");
    assertThat(elements("[{}", null)).last().asString().startsWith("!record ");
  }

  @Test
  void agreesWithAJsonParserOnRandomArrays() throws IOException {
    Random random = new Random(5);
    ObjectMapper mapper = new ObjectMapper();
    for (int i = 0; i < 500; i++) {
      ArrayNode array = mapper.createArrayNode();
      for (int j = random.nextInt(6); j > 0; j--) {
        array.add(value(mapper, random, 3));
      }
      String text = random.nextBoolean() ? array.toString() : array.toPrettyString();
      List<JsonNode> found = new ArrayList<>();
      for (String element : elements(text, null)) {
        found.add(mapper.readTree(element));
      }
      assertThat(found).as(text).isEqualTo(new ArrayList<>(array.valueStream().toList()));
    }
  }

  private static JsonNode value(ObjectMapper mapper, Random random, int depth) {
    return switch (random.nextInt(depth > 0 ? 5 : 3)) {
      case 0 -> mapper.getNodeFactory().numberNode(random.nextInt());
      case 1 -> mapper.getNodeFactory().textNode("a\"]}\\{[,: é" + random.nextInt(9));
      case 2 -> mapper.getNodeFactory().nullNode();
      case 3 -> mapper.createArrayNode().add(value(mapper, random, depth - 1));
      default -> mapper.createObjectNode().set("k\"" + depth, value(mapper, random, depth - 1));
    };
  }

  private static List<String> elements(String json, String records) throws IOException {
    List<String> found = new ArrayList<>();
    byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
    try (JsonElements elements = JsonElements.of(new ByteArrayInputStream(bytes), records)) {
      for (Optional<JsonElements.Element> element = elements.read();
          element.isPresent();
          element = elements.read()) {
        found.add(shown(element.get()));
      }
    }
    return found;
  }

  private static String shown(JsonElements.Element element) {
    String value = new String(element.bytes(), StandardCharsets.UTF_8);
    String keyed = element.key() == null ? value : element.key() + "=" + value;
    return element.problem() == null ? keyed : "!" + element.problem();
  }
}
