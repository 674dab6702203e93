package org.sightmill.pipeline.collect.map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a field's value comes from. Three forms:
 *
 * <ul>
 *   <li>a path, {@code $.a.b[0]["c d"]}: the value with its JSON type;
 *   <li>several paths, {@code $.A, $.B, $.C}: an array of the values that are there;
 *   <li>any other text: a template. {@code {meta.n}} is a value, {@code {a|b|"none"}} the first
 *       that is there, {@code {if path = "x"}...{end}} a condition, {@code {for key, item in path
 *       where item.label = "x" join ", "}...{end}} a loop over an array or object, {@code
 *       {fractions(box, width, height)}} a pixel box as fractions. Doubled braces are braces. A
 *       value that is absent and has no fallback makes the whole text absent.
 * </ul>
 */
public final class Expression {
  private final List<JsonPath> paths;
  private final Piece template;

  private Expression(List<JsonPath> paths, Piece template) {
    this.paths = paths;
    this.template = template;
  }

  /**
   * Reads an expression.
   *
   * @throws IllegalArgumentException naming the text and the place that can't be read
   */
  public static Expression parse(String text) {
    String stripped = text.strip();
    if (isPath(stripped)) {
      List<JsonPath> paths = new ArrayList<>();
      for (String path : stripped.split(",\\s*(?=\\$)", -1)) {
        paths.add(JsonPath.parse(path.strip().substring(1)));
      }
      return new Expression(List.copyOf(paths), null);
    }
    return new Expression(List.of(), TemplateParser.parse(text));
  }

  private static boolean isPath(String text) {
    return text.equals("$") || text.startsWith("$.") || text.startsWith("$[");
  }

  /** The value in {@code record}; a missing node when there is none. */
  public JsonNode value(JsonNode record) {
    if (template != null) {
      return template
          .fill(Scope.of(record))
          .<JsonNode>map(TextNode::new)
          .orElse(MissingNode.getInstance());
    }
    return paths.size() == 1 ? paths.get(0).find(record) : all(record);
  }

  private JsonNode all(JsonNode record) {
    ArrayNode values = JsonNodeFactory.instance.arrayNode();
    for (JsonPath path : paths) {
      JsonNode value = path.find(record);
      if (!Values.isAbsent(value)) {
        values.add(value);
      }
    }
    return values;
  }
}
