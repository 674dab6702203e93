package org.sightmill.pipeline.prompt;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Text with named places. {@code {{name}}} stands for a value, and {@code {{#name}}...{{/name}}}
 * keeps what is between only when the value is neither null nor blank. Values are put in as they
 * are: braces within them mean nothing.
 */
final class Template implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<Part> parts;

  private Template(List<Part> parts) {
    this.parts = parts;
  }

  /**
   * Reads a template.
   *
   * @throws TemplateSyntaxException saying what is wrong and where
   */
  static Template parse(String text) {
    return new Template(new TemplateParser(text).parse());
  }

  /** Every name that occurs, as a value or as a condition. */
  Set<String> names() {
    Set<String> names = new TreeSet<>();
    parts.forEach(part -> part.collectNames(names));
    return names;
  }

  /** The text with each name replaced by its value; null counts as empty. */
  String fill(UnaryOperator<String> values) {
    StringBuilder out = new StringBuilder(512);
    parts.forEach(part -> part.appendTo(out, values));
    return out.toString();
  }

  /** A piece of a template. */
  sealed interface Part extends Serializable {
    void appendTo(StringBuilder out, UnaryOperator<String> values);

    void collectNames(Set<String> names);
  }

  record Literal(String text) implements Part {
    @Override
    public void appendTo(StringBuilder out, UnaryOperator<String> values) {
      out.append(text);
    }

    @Override
    public void collectNames(Set<String> names) {}
  }

  record Value(String name) implements Part {
    @Override
    public void appendTo(StringBuilder out, UnaryOperator<String> values) {
      String value = values.apply(name);
      out.append(value == null ? "" : value);
    }

    @Override
    public void collectNames(Set<String> names) {
      names.add(name);
    }
  }

  record Section(String name, List<Part> parts) implements Part {
    @Override
    public void appendTo(StringBuilder out, UnaryOperator<String> values) {
      String value = values.apply(name);
      if (value != null && !value.isBlank()) {
        parts.forEach(part -> part.appendTo(out, values));
      }
    }

    @Override
    public void collectNames(Set<String> names) {
      names.add(name);
      parts.forEach(part -> part.collectNames(names));
    }
  }
}
