package org.sightmill.pipeline.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a template from left to right. */
final class TemplateParser {
  private static final String OPEN = "{{";
  private static final String CLOSE = "}}";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");

  private final String text;
  private int position;

  TemplateParser(String text) {
    this.text = text;
  }

  List<Template.Part> parse() {
    return partsUntil(null);
  }

  /** The parts up to the end of the section {@code section}, or of the text when it is null. */
  private List<Template.Part> partsUntil(String section) {
    List<Template.Part> parts = new ArrayList<>();
    while (position < text.length()) {
      int open = text.indexOf(OPEN, position);
      addLiteral(parts, open < 0 ? text.length() : open);
      if (open < 0) {
        break;
      }
      String tag = readTag();
      if (tag.startsWith("/")) {
        requireClosing(tag.substring(1), section);
        return List.copyOf(parts);
      }
      parts.add(part(tag));
    }
    if (section != null) {
      throw new TemplateSyntaxException("section {{#%s}} is not closed".formatted(section));
    }
    return List.copyOf(parts);
  }

  private Template.Part part(String tag) {
    if (!tag.startsWith("#")) {
      return new Template.Value(name(tag));
    }
    String section = name(tag.substring(1));
    return new Template.Section(section, partsUntil(section));
  }

  private void addLiteral(List<Template.Part> parts, int end) {
    if (end > position) {
      parts.add(new Template.Literal(text.substring(position, end)));
      position = end;
    }
  }

  private String readTag() {
    int close = text.indexOf(CLOSE, position);
    if (close < 0) {
      throw new TemplateSyntaxException("'{{' at character %d has no '}}'".formatted(position));
    }
    String tag = text.substring(position + OPEN.length(), close).strip();
    position = close + CLOSE.length();
    return tag;
  }

  private static String name(String tag) {
    if (!NAME.matcher(tag).matches()) {
      throw new TemplateSyntaxException("'{{%s}}' is not a placeholder".formatted(tag));
    }
    return tag;
  }

  private static void requireClosing(String name, String section) {
    if (!name.equals(section)) {
      throw new TemplateSyntaxException(
          "{{/%s}} closes %s"
              .formatted(name, section == null ? "nothing" : "{{#" + section + "}}"));
    }
  }
}
