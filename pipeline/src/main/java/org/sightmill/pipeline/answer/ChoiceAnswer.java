package org.sightmill.pipeline.answer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sightmill.pipeline.sample.Choices;

/**
 * Reads which option an answer names. In this order: the framed answer; the last sentence that says
 * what the answer is; a letter that stands alone, or before its text; the one option whose text
 * occurs; and a letter that ends the last sentence. Two different letters name none.
 */
final class ChoiceAnswer {
  private static final String OPEN = "[(\\[{<\"'“‘]*\\s*";
  private static final Pattern ALONE =
      Pattern.compile(
          "\\W*+(?:(?:option|choice|answer)\\W++)?([A-Za-z])[\\W_]*+", Pattern.CASE_INSENSITIVE);
  private static final Pattern BEFORE_TEXT =
      Pattern.compile(
          "\\W*+(?:(?:option|choice)\\W++)?([A-Za-z])\\s*(?:[)\\]:：]|\\.(?!\\d)|[,，、;]|\\s[-–—]\\s|\\n"
              + "|\\s(?=(?:because|since|as|due)\\b))[\\s.:)]*+(.*)",
          Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
  private static final Pattern BEFORE_OWN_TEXT =
      Pattern.compile("\\W*+([A-Za-z])[\\s.:)-]++(.+)", Pattern.DOTALL);
  private static final Pattern SAYS =
      Pattern.compile(
          "(?:answer|option|choice|solution|correct one)(?:\\s+(?:is|are|would be|should be|must be|will be|remains|here is))?\\s*(?:[:：=]\\s*)?(?:(?:option|choice|letter)\\s+)?(?!not\\b)"
              + OPEN
              + "([A-Za-z])(?![\\w'’])"
              + "|(?:答案|选项|选择|选|應選|应选)\\s*(?:是|为|為|：|:)?\\s*(?:选项|选)?\\s*"
              + OPEN
              + "([A-Za-z])(?![A-Za-z])"
              + "|\\b(?:choose|pick|select|go(?:ing)? with|chose)\\s+(?:option\\s+|choice\\s+)?"
              + OPEN
              + "([A-Z])(?![\\w'’])"
              // "so D." and "actually, B" at the very end.
              + "|\\b(?:so|thus|hence|therefore|actually|wait|sorry|correction|i mean)[,:.]?\\s+"
              + "(?:it\\s+is\\s+|it[’']s\\s+|option\\s+)?"
              + OPEN
              + "((?-i:[A-Z]))(?=[\\s)\\]}>.!*\"'”’]*\\z)",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern IS_SAID =
      Pattern.compile(
          "(?<![\\w'’])\\(?([A-Z])\\)?\\s+(?:is|would be|must be|seems)\\s+(?:the\\s+|therefore\\s+)?(?:correct|right|answer|true|best)(?!\\s*(?:,|\\s)\\s*(?:not|but))");
  private static final Pattern MORE_LETTERS =
      Pattern.compile(
          "\\A[)\\]}\"'”’*.]*\\s*(?:,|/|&|\\+|;|or|and|、|或|和)\\s*(?:or\\s+|and\\s+)?(?:(?:maybe|perhaps|possibly)\\s+)?[(\\[\"']*([A-Za-z])(?![\\w'’])",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern LAST_WORD =
      Pattern.compile("(?:\\A|[\\s(,:])[(\\[]?([A-Z])[)\\]]?[.!]?\\s*\\z");
  private static final Pattern PARENTHESISED = Pattern.compile("(?<!\\w)[(\\[]([A-Z])[)\\]]");
  private static final Pattern WRAPPING =
      Pattern.compile(
          "\\\\(?:text|mathrm|textbf|mathbf|textit|mathit|mbox|rm|bf|displaystyle|boldsymbol|operatorname)(?![a-zA-Z])|\\\\[\\[\\]()]|\\\\[,;!: ]|[$*`#]|(?<!\\w)_+|_+(?!\\w)");
  private static final Pattern NAMED =
      Pattern.compile(
          "(?i)\\b(?:vitamin|type|point|angle|line|segment|side|vertex|triangle|figure|graph|group|class"
              + "|plan|vitamins|hepatitis|set|matrix|event|box|picture|image|panel|shape|object|circle"
              + "|curve|region|city|town|station|person|team|room|bag|jar|container|column|row|part)\\s+[(\\[]?\\z");
  private static final Pattern JOINED_BEFORE =
      Pattern.compile(
          "(?s).*(?:\\bor|\\band|\\bnot|/|\\b[a-z],|&)"
              + "(?:\\s+(?:maybe|perhaps|possibly|probably|even|else))?\\s*[(\\[]?");
  private static final Pattern LOWER_WORD = Pattern.compile("\\s+[a-z]");
  private static final Pattern LOWER_WORD_OR_DIGIT = Pattern.compile("\\s+[a-z0-9]");
  private static final Pattern EXPLAINED =
      Pattern.compile("\\s+(?:because|since|as|for|with|and|or|is|,)");
  private static final Pattern BETWEEN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

  private static final int REACH = 300;
  private static final Set<String> ARTICLES = Set.of("A", "I");

  private ChoiceAnswer() {}

  /** The upper case letter of the one option this text names; empty for none or several. */
  static Optional<Character> read(String text, Choices choices, Extraction extraction) {
    String window = Text.halfWidth(Statements.tail(text));
    Optional<Framed.Frame> frame = Framed.last(window);
    if (frame.isPresent()) {
      Optional<Character> later = said(unwrapped(window.substring(frame.get().end())), choices);
      return later.isPresent() && extraction == Extraction.LENIENT
          ? later
          : inAnswer(unwrapped(frame.get().content()), window, choices, extraction);
    }
    return inAnswer(unwrapped(window), window, choices, extraction);
  }

  /** Drops type commands and emphasis, and the braces of their groups. */
  private static String unwrapped(String text) {
    String bare = WRAPPING.matcher(text).replaceAll("");
    return bare.replace('{', ' ').replace('}', ' ').strip();
  }

  private static Optional<Character> inAnswer(
      String bare, String raw, Choices choices, Extraction extraction) {
    Optional<Character> alone = alone(bare, choices);
    if (alone.isPresent() || ALONE.matcher(bare).matches()) {
      return alone;
    }
    if (extraction == Extraction.LENIENT && saysSomething(bare)) {
      Optional<Character> said = said(bare, choices);
      if (said.isPresent() || saysSeveral(bare, choices)) {
        return said;
      }
    }
    Set<Character> listed = listed(bare, choices);
    if (!listed.isEmpty()) {
      return listed.size() == 1 ? Optional.of(listed.iterator().next()) : Optional.empty();
    }
    Optional<Character> first = letterBeforeText(bare, choices);
    if (first.isEmpty() && isContradicted(bare, choices)) {
      return first;
    }
    if (first.isPresent() || extraction == Extraction.STRICT) {
      return first.isPresent() ? first : OptionText.equalTo(raw, bare, choices);
    }
    return inSentence(raw, bare, choices);
  }

  private static Optional<Character> inSentence(String raw, String bare, Choices choices) {
    Optional<Character> text = OptionText.find(raw, bare, choices);
    if (text.isPresent()) {
      return text;
    }
    return OptionText.mentionsSeveral(bare, choices)
        ? lastWord(bare, choices)
        : closing(bare, choices);
  }

  private static Optional<Character> closing(String bare, Choices choices) {
    Set<Character> letters = new LinkedHashSet<>();
    Matcher matcher = PARENTHESISED.matcher(bare);
    while (matcher.find()) {
      option(matcher.group(1), choices).ifPresent(letters::add);
    }
    if (letters.size() == 1) {
      return Optional.of(letters.iterator().next());
    }
    return letters.isEmpty() ? lastWord(bare, choices) : Optional.empty();
  }

  private static Optional<Character> lastWord(String bare, Choices choices) {
    Matcher matcher = LAST_WORD.matcher(bare);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String before = bare.substring(0, matcher.start(1));
    return isJoined(before) || isNamed(before)
        ? Optional.empty()
        : option(matcher.group(1), choices);
  }

  /** "vitamin C", "angle C": a letter that names something. */
  private static boolean isNamed(String before) {
    return NAMED.matcher(before).find();
  }

  private static boolean isJoined(String before) {
    String end = before.substring(Math.max(0, before.length() - REACH));
    return JOINED_BEFORE.matcher(end.toLowerCase(Locale.ROOT)).matches();
  }

  private static Optional<Character> alone(String bare, Choices choices) {
    Matcher matcher = ALONE.matcher(bare);
    return matcher.matches() ? option(matcher.group(1), choices) : Optional.empty();
  }

  private static boolean saysSomething(String bare) {
    return SAYS.matcher(bare).find() || IS_SAID.matcher(bare).find();
  }

  /** One "the answer is B", with what follows it as far as it can belong to it. */
  private record Statement(String letter, String rest, int end) {
    boolean isArticle() {
      return ChoiceAnswer.isArticle(letter, rest);
    }
  }

  /** All statements, in order; judging one costs more than finding it, so only the last is. */
  private static List<Statement> statements(String bare) {
    List<Statement> statements = new ArrayList<>();
    Matcher matcher = SAYS.matcher(bare);
    while (matcher.find()) {
      int end = matcher.end();
      String rest = bare.substring(end, Math.min(bare.length(), end + REACH));
      statements.add(new Statement(firstGroup(matcher), rest, end));
    }
    return statements;
  }

  /** Whether the last statement names two letters, or a letter with the text of another. */
  private static boolean saysSeveral(String bare, Choices choices) {
    List<Statement> statements = statements(bare);
    if (statements.isEmpty()) {
      return false;
    }
    Statement last = statements.get(statements.size() - 1);
    return MORE_LETTERS.matcher(last.rest()).find()
        || (!last.isArticle() && OptionText.isOfAnother(last.rest(), last.letter(), choices));
  }

  /** The letter of the last statement that says which option is right. */
  private static Optional<Character> said(String bare, Choices choices) {
    List<Statement> statements = new ArrayList<>(statements(bare));
    statements.removeIf(Statement::isArticle);
    Statement last = statements.isEmpty() ? null : statements.get(statements.size() - 1);
    Optional<Character> found = last == null ? Optional.empty() : letter(last, choices);
    Matcher isSaid = IS_SAID.matcher(bare);
    while (isSaid.find()) {
      boolean later = last == null || isSaid.start() >= last.end();
      if (later && !isJoined(bare.substring(0, isSaid.start(1)))) {
        found = option(isSaid.group(1), choices);
      }
    }
    return found;
  }

  private static Optional<Character> letter(Statement said, Choices choices) {
    boolean several =
        isSecondLetter(said.rest(), said.letter())
            || OptionText.isOfAnother(said.rest(), said.letter(), choices);
    return several ? Optional.empty() : option(said.letter(), choices);
  }

  private static boolean isSecondLetter(String rest, String letter) {
    Matcher more = MORE_LETTERS.matcher(rest);
    return more.find() && !more.group(1).equalsIgnoreCase(letter);
  }

  /** "the answer is a dog": a letter that more words follow directly is an article. */
  private static boolean isArticle(String letter, String rest) {
    boolean lower = Character.isLowerCase(letter.charAt(0));
    boolean word = (lower ? LOWER_WORD_OR_DIGIT : LOWER_WORD).matcher(rest).lookingAt();
    return word
        && ARTICLES.contains(letter.toUpperCase(Locale.ROOT))
        && !EXPLAINED.matcher(rest).lookingAt();
  }

  private static String firstGroup(Matcher matcher) {
    for (int group = 1; group <= matcher.groupCount(); group++) {
      if (matcher.group(group) != null) {
        return matcher.group(group);
      }
    }
    return "";
  }

  /** The letters of an answer that holds nothing but letters and what joins them. */
  private static Set<Character> listed(String bare, Choices choices) {
    Set<Character> letters = new LinkedHashSet<>();
    for (String word : BETWEEN_WORDS.split(bare)) {
      if (word.length() == 1 && option(word, choices).isPresent()) {
        letters.add(option(word, choices).get());
      } else if (!word.isEmpty()
          && !List.of("or", "and", "both").contains(word.toLowerCase(Locale.ROOT))) {
        return Set.of();
      }
    }
    return letters;
  }

  private static Optional<Character> letterBeforeText(String bare, Choices choices) {
    Matcher own = BEFORE_OWN_TEXT.matcher(bare);
    if (choices != null && own.matches()) {
      Optional<Character> letter = option(own.group(1), choices);
      if (letter.isPresent() && OptionText.isText(own.group(2), choices.text(letter.get()))) {
        return letter;
      }
    }
    Matcher matcher = BEFORE_TEXT.matcher(bare);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String letter = matcher.group(1);
    String rest = matcher.group(2);
    boolean more =
        isSecondLetter("," + rest, letter)
            || namesOther(rest, letter, choices)
            || OptionText.isOfAnother(rest, letter, choices);
    return more ? Optional.empty() : option(letter, choices);
  }

  /** "C: the text of A" names two options, and so none. */
  private static boolean isContradicted(String bare, Choices choices) {
    Matcher matcher = BEFORE_TEXT.matcher(bare);
    return matcher.matches() && OptionText.isOfAnother(matcher.group(2), matcher.group(1), choices);
  }

  /** Whether another option is listed with its letter behind the first, or is preferred to it. */
  private static boolean namesOther(String rest, String letter, Choices choices) {
    Matcher matcher =
        Pattern.compile("(?:\\n|[.;]\\s+|\\s)[(\\[]?([A-Z])[).:\\]](?=\\s)").matcher(rest);
    while (matcher.find()) {
      if (!matcher.group(1).equals(letter) && option(matcher.group(1), choices).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Character> option(String letter, Choices choices) {
    char upper = Character.toUpperCase(letter.charAt(0));
    if (upper < 'A' || upper > 'Z') {
      return Optional.empty();
    }
    return choices == null || choices.indexOf(upper).isPresent()
        ? Optional.of(upper)
        : Optional.empty();
  }
}
