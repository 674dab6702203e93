package org.sightmill.pipeline.answer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.sightmill.pipeline.answer.math.Formula;
import org.sightmill.pipeline.sample.Choices;

/** Finds the option whose text an answer holds. */
final class OptionText {
  private static final int MAX_FORMULA = 60;
  private static final int DENIAL_CHARS = 24;
  private static final Pattern DENIAL =
      Pattern.compile(
          "(?:\\bnot|\\bnever|n't|\\bcannot|\\brather than|\\binstead of)\\s+(?:be\\s+)?(?:an?\\s+|the\\s+)?\\z");

  /** "12 and 14 cm", "3 to 5": one of several values. */
  private static final Pattern JOINED =
      Pattern.compile(
          "\\d\\s*(?:(?:[a-z°%]{1,10}\\s*)?(?:,|\\bor|\\band)|(?:[a-z°%]{1,3}\\s*)?\\bto)\\s*\\z");

  private static final Pattern COMMAND = Pattern.compile("\\\\[a-zA-Z]{2}");
  private static final Pattern DEGREES =
      Pattern.compile("(?<=\\d)\\s*(?:degrees?\\b|\\^\\s*\\{?\\\\circ\\}?|°)");

  /** Spaces around operators; around a hyphen only before digits, since words have hyphens. */
  private static final Pattern OPERATOR_SPACES =
      Pattern.compile(
          "\\s*+([+=*/<>])\\s*+|(?<=[\\w)])\\s*+(-)\\s*+(?=\\d)|(?<=[\\w)])\\s*+(,)\\s*+(?=-?\\d)");

  /** A unit stands one space from its number. */
  private static final Pattern MEASURED =
      Pattern.compile("(?<=\\d)(?=(?:[mcdk]?m|[mk]?g|m?l|km/h|m/s|min|h|s)\\b)");

  private static final Pattern ARTICLE = Pattern.compile("\\A(?:an?|the) (?=\\p{L}{3})");

  private static final Pattern WORD = Pattern.compile("\\p{L}{2}");
  private static final Pattern AROUND = Pattern.compile("\\A[\\s.:：,)\\](–—-]+|[\\s)\\].]+\\z");
  private static final Pattern FIRST_PART =
      Pattern.compile("[.,;](?=\\s)|\\n|\\s(?=because|since|as\\b)");

  /** Where an option's text was found. */
  private record Hit(int option, int start, int end) {
    boolean isInside(Hit other) {
      return start >= other.start && end <= other.end && end - start < other.end - other.start;
    }
  }

  private OptionText() {}

  /** The one option that the answer is, or that occurs in it on the boundaries of words. */
  static Optional<Character> find(String raw, String bare, Choices choices) {
    Optional<Character> equal = equalTo(raw, bare, choices);
    if (equal.isPresent() || choices == null) {
      return equal;
    }
    List<Integer> formula =
        Statements.lastFormula(raw).map(f -> sameFormula(f, choices)).orElse(List.of());
    if (formula.size() == 1) {
      return letter(formula.get(0));
    }
    Optional<Character> stated = Statements.afterAnchor(raw).flatMap(s -> equalTo(s, s, choices));
    if (stated.isPresent()) {
      return stated;
    }
    if (COMMAND.matcher(bare).find()) {
      List<Integer> said =
          Statements.afterCopula(raw).map(s -> sameFormula(s, choices)).orElse(List.of());
      if (said.size() == 1) {
        return letter(said.get(0));
      }
    }
    List<Integer> options = mentioned(bare, choices);
    return options.size() == 1 ? letter(options.get(0)) : Optional.empty();
  }

  /** Whether two or more options occur. */
  static boolean mentionsSeveral(String bare, Choices choices) {
    return choices != null && mentioned(bare, choices).size() > 1;
  }

  /** The one option that is the whole answer, as text or as a formula. */
  static Optional<Character> equalTo(String raw, String bare, Choices choices) {
    if (choices == null) {
      return Optional.empty();
    }
    String said = plain(bare);
    String whole = raw.equals(bare) ? said : plain(raw);
    List<Integer> same = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      String option = plain(choices.options().get(i));
      if (!option.isEmpty() && (option.equals(said) || option.equals(whole))) {
        same.add(i);
      }
    }
    if (same.isEmpty()) {
      same = sameFormula(raw, choices);
    }
    return same.size() == 1 ? letter(same.get(0)) : Optional.empty();
  }

  /** Whether what follows a letter is the text of another option: the two name different ones. */
  static boolean isOfAnother(String rest, String letter, Choices choices) {
    char upper = Character.toUpperCase(letter.charAt(0));
    if (choices == null || choices.indexOf(upper).isEmpty()) {
      return false;
    }
    String said = AROUND.matcher(rest).replaceAll("");
    if (plain(said).startsWith(plain(choices.text(upper)))) {
      return false;
    }
    String first = FIRST_PART.split(said, 2)[0];
    return isOther(said, upper, choices) || isOther(first, upper, choices);
  }

  private static boolean isOther(String said, char letter, Choices choices) {
    return equalTo(said, said, choices).filter(other -> other != letter).isPresent();
  }

  static boolean isText(String said, String option) {
    String text = plain(option);
    return !text.isEmpty() && text.equals(plain(said));
  }

  private static String plain(String text) {
    String flat = flat(text);
    int end = flat.length();
    while (end > 0 && " .,;!".indexOf(flat.charAt(end - 1)) >= 0) {
      end--;
    }
    return ARTICLE.matcher(flat.substring(0, end)).replaceFirst("");
  }

  /** One way to write degrees and formulas in words. */
  private static String flat(String text) {
    String measured = MEASURED.matcher(Text.flat(text)).replaceAll(" ");
    String degrees = isOfDegrees(measured) ? DEGREES.matcher(measured).replaceAll("°") : measured;
    return OPERATOR_SPACES
        .matcher(degrees)
        .replaceAll(
            match -> match.group(1) != null ? match.group(1) : match.group(2) != null ? "-" : ",");
  }

  private static boolean isOfDegrees(String flat) {
    return flat.contains("degree") || flat.contains("circ") || flat.indexOf('°') >= 0;
  }

  private static List<Integer> sameFormula(String said, Choices choices) {
    String formula = NumberWords.spelled(said).orElse(MathAnswer.undelimited(said));
    List<Integer> same = new ArrayList<>();
    if (formula.length() > MAX_FORMULA) {
      return same;
    }
    Formula read = Formula.of(formula);
    if (!read.isMathematical()) {
      return same;
    }
    for (int i = 0; i < choices.size(); i++) {
      String option = MathAnswer.undelimited(choices.options().get(i));
      if (option.length() <= MAX_FORMULA && isSame(Formula.of(option), read)) {
        same.add(i);
      }
    }
    return same;
  }

  private static boolean isSame(Formula option, Formula said) {
    return option.isMathematical() && option.compare(said, Formula.Reading.FORMULA).isEqual();
  }

  /** The options that are named somewhere without being denied there. */
  private static List<Integer> mentioned(String bare, Choices choices) {
    String text = flat(bare);
    boolean formulas = COMMAND.matcher(bare).find();
    List<Hit> hits = new ArrayList<>();
    for (int i = 0; i < choices.size(); i++) {
      String option = plain(MathAnswer.undelimited(choices.options().get(i)));
      // The digits of \\frac{1}{2} are no mention of 1 or 2.
      if (!formulas || WORD.matcher(option).find()) {
        addHits(text, option, i, hits);
      }
    }
    List<Hit> said =
        hits.stream()
            .filter(hit -> hits.stream().noneMatch(hit::isInside))
            .filter(hit -> !isDenied(text, hit.start()))
            .toList();
    List<Integer> options = said.stream().map(Hit::option).distinct().toList();
    boolean listed = options.size() == 1 && said.stream().allMatch(h -> isJoined(text, h.start()));
    return listed ? List.of() : options;
  }

  private static void addHits(String text, String option, int index, List<Hit> hits) {
    if (option.isEmpty()) {
      return;
    }
    int limit = 20;
    for (int at = text.indexOf(option); at >= 0 && limit > 0; at = text.indexOf(option, at + 1)) {
      if (startsToken(text, at) && endsToken(text, at + option.length())) {
        hits.add(new Hit(index, at, at + option.length()));
        limit--;
      }
    }
  }

  /** "not a bird" does not say bird. */
  private static boolean isDenied(String text, int at) {
    return DENIAL.matcher(text.substring(Math.max(0, at - DENIAL_CHARS), at)).find();
  }

  private static boolean isJoined(String text, int at) {
    return Character.isDigit(text.charAt(at))
        && JOINED.matcher(text.substring(Math.max(0, at - DENIAL_CHARS), at)).find();
  }

  /** Whether a token starts here: not inside a word, a number or a formula. */
  private static boolean startsToken(String text, int at) {
    if (at == 0) {
      return true;
    }
    char before = text.charAt(at - 1);
    if (!Character.isLetterOrDigit(text.charAt(at))) {
      return !Character.isLetterOrDigit(before) || text.charAt(at) == '(';
    }
    return !Character.isLetterOrDigit(before) && "-+/^.√\\_*'".indexOf(before) < 0;
  }

  private static boolean endsToken(String text, int end) {
    if (end == text.length()) {
      return true;
    }
    char after = text.charAt(end);
    char beyond = end + 1 < text.length() ? text.charAt(end + 1) : ' ';
    if (".,:".indexOf(after) >= 0) {
      return !Character.isDigit(beyond);
    }
    if (!Character.isLetterOrDigit(text.charAt(end - 1))) {
      return true;
    }
    return !Character.isLetterOrDigit(after) && "/^√+*_%°²³'-".indexOf(after) < 0;
  }

  private static Optional<Character> letter(int option) {
    return Optional.of(Choices.letter(option));
  }
}
