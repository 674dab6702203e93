package org.sightmill.trainer.engine;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A TorchScript class as text: the methods of a module without attributes, every tensor coming in
 * as an argument. The text is what {@code torch.jit.save} writes, so the archives made of it also
 * load in Python.
 *
 * @param name the class's name, a plain identifier
 * @param methods the method definitions, indented by two spaces; {@code Self} stands for the class
 */
public record ScriptSource(String name, String methods) {
  private static final Pattern IDENTIFIER = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)\\}");

  /** Checks that the name is an identifier. */
  public ScriptSource {
    Objects.requireNonNull(methods, "methods");
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException("script name '%s' is not an identifier".formatted(name));
    }
  }

  /**
   * Fills {@code {key}} placeholders.
   *
   * @throws IllegalArgumentException naming every placeholder that has no value
   */
  public static ScriptSource filled(String name, String template, Map<String, ?> values) {
    Map<String, Boolean> missing = new TreeMap<>();
    Matcher matcher = PLACEHOLDER.matcher(template);
    StringBuilder text = new StringBuilder();
    while (matcher.find()) {
      Object value = values.get(matcher.group(1));
      if (value == null) {
        missing.put(matcher.group(1), true);
      }
      matcher.appendReplacement(text, Matcher.quoteReplacement(String.valueOf(value)));
    }
    if (!missing.isEmpty()) {
      throw new IllegalArgumentException(
          "script %s lacks values for %s".formatted(name, missing.keySet()));
    }
    return new ScriptSource(name, matcher.appendTail(text).toString());
  }

  /** The module's full text. */
  String code() {
    return "class "
        + name
        + "(Module):\n"
        + "  __parameters__ = []\n"
        + "  __buffers__ = []\n"
        + "  training : bool\n"
        + "  _is_full_backward_hook : Optional[bool]\n"
        + methods.replaceAll("\\bSelf\\b", "__torch__." + name);
  }
}
