package org.sightmill.pipeline.collect.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Separates options that stand at the end of a question, a letter a line, from the question:
 *
 * <pre>
 * What is shown?          What is shown? Choose from the following options
 * Choices:                A) a bolt
 * A: a bolt               B) a nut
 * B: a nut
 * </pre>
 *
 * On with the option {@value #OPTION}{@code : in_question}.
 */
final class EmbeddedChoices {
  static final String OPTION = "choices";
  static final String IN_QUESTION = "in_question";

  private static final Pattern FIRST = Pattern.compile("(?m)^[ \\t]*\\(?A[).:][ \\t]*");
  private static final Pattern LINE = Pattern.compile("[ \\t]*\\(?([A-Z])[).:][ \\t]*(.*)");
  private static final Pattern HEADING =
      Pattern.compile(
          "\\s*(?:choices|options|choose (?:one )?(?:from|of) the following(?: options)?)"
              + "\\s*[:.]?\\s*$",
          Pattern.CASE_INSENSITIVE);

  private final boolean active;

  private EmbeddedChoices(boolean active) {
    this.active = active;
  }

  static EmbeddedChoices of(SourceConfig config) {
    return new EmbeddedChoices(IN_QUESTION.equals(config.options().get(OPTION)));
  }

  /** A question and its options. */
  record Separated(String question, List<String> choices) {}

  RawRow separated(RawRow row) {
    if (active && !row.hasChoices() && row.text(RawSchema.QUESTION) != null) {
      separate(row.text(RawSchema.QUESTION))
          .ifPresent(
              parts -> row.text(RawSchema.QUESTION, parts.question()).choices(parts.choices()));
    }
    return row;
  }

  /** The parts; empty when the text does not end with at least two options from A on. */
  static Optional<Separated> separate(String question) {
    Matcher first = FIRST.matcher(question);
    while (first.find()) {
      List<String> options = options(question.substring(first.start()));
      if (options.size() >= 2) {
        String stem = HEADING.matcher(question.substring(0, first.start())).replaceFirst("");
        return Optional.of(new Separated(stem.stripTrailing(), options));
      }
    }
    return Optional.empty();
  }

  private static List<String> options(String text) {
    List<String> options = new ArrayList<>();
    for (String line : text.split("\\R")) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches() && matcher.group(1).charAt(0) == 'A' + options.size()) {
        options.add(matcher.group(2).strip());
      } else if (!line.isBlank()) {
        int last = options.size() - 1;
        options.set(last, (options.get(last) + "\n" + line.strip()).strip());
      }
    }
    return options;
  }
}
