package org.sightmill.jobs.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import org.sightmill.jobs.config.ConfigNode.Kind;
import org.sightmill.jobs.config.ConfigNode.Mapping;
import org.sightmill.jobs.config.ConfigNode.Scalar;
import org.sightmill.jobs.config.ConfigNode.Sequence;

/** Reads YAML into {@link ConfigNode}s with the line of each; a repeated key is a problem. */
final class YamlReader {
  /** What stands for an empty document. */
  private static final Scalar NOTHING = new Scalar(Kind.NULL, null, "");

  private final JsonParser parser;
  private final String name;
  private final Lines lines;
  private final Problems problems;

  private YamlReader(JsonParser parser, String name, Lines lines, Problems problems) {
    this.parser = parser;
    this.name = name;
    this.lines = lines;
    this.problems = problems;
  }

  private enum Lines {
    SHOWN,
    HIDDEN
  }

  /** A file's text; {@code name} comes before the line in messages. An empty text is a mapping. */
  static Mapping readFile(String text, String name, Problems problems) {
    ConfigNode root = read(text, name, Lines.SHOWN, problems);
    if (root instanceof Mapping mapping) {
      return mapping;
    }
    if (!(root instanceof Scalar scalar && scalar.kind() == Kind.NULL)) {
      problems.add(name, "must hold keys and values but is " + root.shown());
    }
    return Mapping.empty(name);
  }

  /** The value of one {@code --set}: any YAML on one line. */
  static ConfigNode readValue(String text, String name, Problems problems) {
    return read(text, name, Lines.HIDDEN, problems);
  }

  private static ConfigNode read(String text, String name, Lines lines, Problems problems) {
    try (JsonParser parser = new YAMLFactory().createParser(text)) {
      YamlReader reader = new YamlReader(parser, name, lines, problems);
      return parser.nextToken() == null ? NOTHING : reader.value();
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
      problems.add(
          line > 0 && lines == Lines.SHOWN ? name + ":" + line : name,
          "is not YAML: " + firstLine(e.getOriginalMessage()));
      return NOTHING;
    } catch (IOException e) {
      throw new IllegalStateException("text in memory can't fail to be read", e);
    }
  }

  private ConfigNode value() throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> mapping();
      case START_ARRAY -> sequence();
      case VALUE_NULL -> new Scalar(Kind.NULL, null, where());
      case VALUE_TRUE, VALUE_FALSE -> truthValue();
      case VALUE_NUMBER_INT -> scalar(Kind.INTEGER);
      case VALUE_NUMBER_FLOAT -> scalar(Kind.DECIMAL);
      default -> scalar(Kind.TEXT);
    };
  }

  /** {@code yes} and {@code on} are texts, as in YAML 1.2. */
  private Scalar truthValue() throws IOException {
    String text = parser.getText();
    return scalar(text.equals("true") || text.equals("false") ? Kind.BOOLEAN : Kind.TEXT);
  }

  private Scalar scalar(Kind kind) throws IOException {
    return new Scalar(kind, parser.getText(), where());
  }

  private Mapping mapping() throws IOException {
    Mapping mapping = Mapping.empty(where());
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String key = parser.currentName();
      String where = where();
      parser.nextToken();
      if (mapping.entries().putIfAbsent(key, value()) != null) {
        problems.add(where, key + " is given twice");
      }
    }
    return mapping;
  }

  private Sequence sequence() throws IOException {
    Sequence sequence = Sequence.empty(where());
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      sequence.items().add(value());
    }
    return sequence;
  }

  private String where() {
    return lines == Lines.HIDDEN ? name : name + ":" + parser.currentTokenLocation().getLineNr();
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }
}
