package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts a formula in cleaned notation into tokens. Linear in its length. */
final class Lexer {
  /** What a comma between digits may mean. */
  enum Commas {
    /** {@code 1,234} outside brackets is one number. */
    GROUPS,
    /** Every comma separates. */
    SEPARATORS,
    /** {@code 12,5} is a decimal number. */
    DECIMAL
  }

  private static final Pattern VOWEL = Pattern.compile("[aeiouyAEIOUY]");
  private static final Pattern TIMES_TEN = Pattern.compile("\\s*10\\s*(?:\\^|\\*\\*)");
  private static final Pattern GLUED =
      Pattern.compile("(sin|cos|tan|cot|sec|csc|ln|log|exp|sqrt)([a-zA-Z]{1,2})");
  private static final Pattern SET_FOLLOWS = Pattern.compile("\\s*[(\\[\\\\{\\]]");
  private static final String GREEK_LETTERS = "αβγδεζηθικλμνξρστυφχψωΓΔΘΛΞΣΦΨΩ";
  private static final List<String> GREEK_NAMES =
      List.of(
          "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa",
          "lambda", "mu", "nu", "xi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi",
          "omega", "Gamma", "Delta", "Theta", "Lambda", "Xi", "Sigma", "Phi", "Psi", "Omega");
  private static final List<String> LONG_OPERATORS =
      List.of(
          "<=", ">=", "!=", "=<", "=>", "==", "**", "\\{", "\\}", "\\|", "||", "\\%", "\\$",
          "\\\\");

  /** Most letters without a vowel that are a product of symbols, such as GMmr. */
  private static final int MAX_PRODUCT = 6;

  private final String text;
  private final Commas commas;
  private final NumberReader numbers;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int depth;
  private boolean spaced;

  private Lexer(String text, Commas commas) {
    this.text = text;
    this.commas = commas;
    this.numbers = new NumberReader(text, commas);
  }

  /** The tokens of a cleaned text, without END. */
  static List<Token> tokens(String cleaned, Commas commas) {
    if (cleaned.length() > Budget.MAX_CHARS) {
      throw new BudgetExceededException("over %d characters".formatted(Budget.MAX_CHARS));
    }
    Lexer lexer = new Lexer(cleaned, commas);
    lexer.run();
    return lexer.tokens;
  }

  private void run() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (Character.isWhitespace(c)) {
        at++;
        spaced = true;
      } else {
        next(c);
        spaced = false;
      }
    }
  }

  private void next(char c) {
    if (isDigit(c) || (c == '.' && at + 1 < text.length() && isDigit(text.charAt(at + 1)))) {
      number();
    } else if (c == '\\' && at + 1 < text.length() && isLatin(text.charAt(at + 1))) {
      command();
    } else if (isLatin(c)) {
      letters();
    } else if (Character.isLetter(c)) {
      otherLetter(c);
    } else {
      operator(c);
    }
  }

  private void add(Token.Kind kind, String value) {
    tokens.add(new Token(kind, value, spaced));
  }

  private void number() {
    boolean afterComma = !spaced && !tokens.isEmpty() && last().isOp(",");
    NumberReader.Found found = numbers.at(at, depth == 0, afterComma);
    add(Token.Kind.NUMBER, found.value());
    at = found.end();
  }

  private boolean looksAt(Pattern pattern) {
    return pattern.matcher(text).region(at, text.length()).lookingAt();
  }

  private void command() {
    int end = at + 1;
    while (end < text.length() && isLatin(text.charAt(end))) {
      end++;
    }
    String name = text.substring(at + 1, end);
    at = end;
    if (Names.TEXT_COMMANDS.contains(name)) {
      textGroup();
    } else {
      named(name);
    }
  }

  private void named(String name) {
    String operator = Names.OPERATORS.get(name);
    if (operator != null) {
      depth += operator.equals("\\{") ? 1 : operator.equals("\\}") ? -1 : 0;
      add(Token.Kind.OP, operator);
    } else if (name.startsWith("not") && name.length() == 3) {
      add(Token.Kind.OP, "!");
    } else if (Names.GREEK.contains(name)) {
      add(Token.Kind.SYMBOL, name.startsWith("var") ? name.substring(3) : name);
    } else {
      add(Token.Kind.COMMAND, name);
    }
  }

  /** The group of \text and its like: words, a letter, or a formula in upright type. */
  private void textGroup() {
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (at >= text.length() || text.charAt(at) != '{') {
      return;
    }
    int end = closing(at);
    String content = text.substring(at + 1, end).trim();
    at = Math.min(text.length(), end + 1);
    boolean plain = content.chars().allMatch(c -> isLatin((char) c) || c == ' ' || c == '.');
    if (followsValue() && Units.parse(content).isPresent()) {
      add(Token.Kind.WORD, content);
    } else if (plain && content.replace(" ", "").length() > 1) {
      words(content);
    } else {
      List<Token> inner = tokens(content, commas);
      tokens.addAll(inner);
    }
  }

  private int closing(int open) {
    int level = 0;
    for (int i = open; i < text.length(); i++) {
      level += text.charAt(i) == '{' ? 1 : text.charAt(i) == '}' ? -1 : 0;
      if (level == 0) {
        return i;
      }
    }
    throw new SyntaxException("a group that is not closed");
  }

  private void words(String content) {
    for (String word : content.replace('.', ' ').trim().split(" +")) {
      String lower = word.toLowerCase(Locale.ROOT);
      if (Names.FUNCTIONS.contains(word)) {
        add(Token.Kind.COMMAND, word);
      } else if (!keyword(lower)) {
        add(Token.Kind.WORD, word);
      }
      spaced = true;
    }
  }

  /** Words that are operators wherever they stand. */
  private boolean keyword(String lower) {
    switch (lower) {
      case "and", "or" -> add(Token.Kind.OP, lower);
      case "percent", "pct" -> add(Token.Kind.OP, "%");
      case "degree", "degrees", "deg" -> {
        add(Token.Kind.OP, "^");
        add(Token.Kind.OP, "circ");
      }
      case "infinity", "infty", "inf", "oo" -> add(Token.Kind.COMMAND, "infty");
      case "pi" -> add(Token.Kind.COMMAND, "pi");
      default -> {
        return false;
      }
    }
    return true;
  }

  private void letters() {
    int end = at;
    while (end < text.length() && isLatin(text.charAt(end))) {
      end++;
    }
    String run = text.substring(at, end);
    int start = at;
    at = end;
    if (run.length() == 1) {
      letter(run, start);
    } else if (!keyword(run.toLowerCase(Locale.ROOT))) {
      run(run);
    }
  }

  private void letter(String run, int start) {
    boolean times = (run.equals("x") || run.equals("X")) && lastIsNumber() && looksAt(TIMES_TEN);
    boolean union = run.equals("U") && start > 0 && lastCloses();
    if (times || union) {
      add(Token.Kind.OP, times ? "*" : "cup");
    } else {
      add(Token.Kind.SYMBOL, run);
    }
  }

  private void run(String run) {
    Matcher glued = GLUED.matcher(run);
    if (Units.isUnit(run) && followsValue()) {
      add(Token.Kind.WORD, run);
    } else if (run.equals("Abs")) {
      add(Token.Kind.COMMAND, "abs");
    } else if (Names.FUNCTIONS.contains(run) || run.equals("sqrt") || run.equals("frac")) {
      add(Token.Kind.COMMAND, run);
    } else if (Names.GREEK.contains(run)) {
      add(Token.Kind.SYMBOL, run);
    } else if (glued.matches()) {
      add(Token.Kind.COMMAND, glued.group(1));
      symbols(glued.group(2));
    } else if (run.equals("in") && looksAt(SET_FOLLOWS)) {
      add(Token.Kind.OP, "in");
    } else if (isWord(run)) {
      add(Token.Kind.WORD, run);
    } else {
      symbols(run);
    }
  }

  private boolean isWord(String run) {
    boolean allCapitals = run.equals(run.toUpperCase(Locale.ROOT));
    boolean readable = run.length() > MAX_PRODUCT || VOWEL.matcher(run).find();
    return (run.length() >= 4 && readable && !allCapitals)
        || (!allCapitals && Names.WORDS.contains(run.toLowerCase(Locale.ROOT)));
  }

  private void symbols(String run) {
    for (int i = 0; i < run.length(); i++) {
      add(Token.Kind.SYMBOL, run.substring(i, i + 1));
      spaced = false;
    }
  }

  private boolean lastIsNumber() {
    return !tokens.isEmpty() && last().kind() == Token.Kind.NUMBER;
  }

  private boolean lastCloses() {
    return !tokens.isEmpty() && (last().isOp(")") || last().isOp("]") || last().isOp("\\}"));
  }

  private boolean followsValue() {
    return lastIsNumber()
        || lastCloses()
        || (!tokens.isEmpty()
            && (last().isOp("}")
                || last().isOp("/")
                || last().kind() == Token.Kind.WORD
                || last().isCommand("pi")));
  }

  private Token last() {
    return tokens.get(tokens.size() - 1);
  }

  private void otherLetter(char c) {
    int greek = GREEK_LETTERS.indexOf(c);
    at++;
    if (greek >= 0) {
      add(Token.Kind.SYMBOL, GREEK_NAMES.get(greek));
    } else if (lastIsWordOfScript()) {
      Token word = tokens.remove(tokens.size() - 1);
      tokens.add(new Token(Token.Kind.WORD, word.text() + c, word.spaced()));
    } else {
      add(Token.Kind.WORD, String.valueOf(c));
    }
  }

  private boolean lastIsWordOfScript() {
    return !spaced
        && !tokens.isEmpty()
        && last().kind() == Token.Kind.WORD
        && !isLatin(last().text().charAt(0));
  }

  private void operator(char c) {
    for (String operator : LONG_OPERATORS) {
      if (text.startsWith(operator, at)) {
        at += operator.length();
        longOperator(operator);
        return;
      }
    }
    at++;
    switch (c) {
      case '(', '[', '{' -> depth++;
      case ')', ']', '}' -> depth--;
      default -> {}
    }
    if ("$¥€£￥".indexOf(c) < 0) {
      add(Token.Kind.OP, String.valueOf(c));
    }
  }

  private void longOperator(String operator) {
    switch (operator) {
      case "**" -> add(Token.Kind.OP, "^");
      case "=<" -> add(Token.Kind.OP, "<=");
      case "=>" -> add(Token.Kind.OP, ">=");
      case "==" -> add(Token.Kind.OP, "=");
      case "\\|" -> add(Token.Kind.OP, "||");
      case "\\%" -> add(Token.Kind.OP, "%");
      case "\\$" -> spaced = true;
      default -> {
        depth += operator.equals("\\{") ? 1 : operator.equals("\\}") ? -1 : 0;
        add(Token.Kind.OP, operator);
      }
    }
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
