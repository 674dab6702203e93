package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A text as a formula, read once: in each way that it can be read. The work of reading and of
 * comparing is bounded for any input, see {@link Budget}; nothing is thrown, no thread is used, and
 * the same texts always get the same outcome. Immutable.
 */
public final class Formula {
  /** What the gold answer is known to be. */
  public enum Reading {
    /** A number: a letter behind it is a unit. */
    NUMBER,
    /** Any formula. */
    FORMULA
  }

  private static final Pattern COMMA = Pattern.compile("\\d\\s*,\\s*\\d");
  private static final Pattern DECIMAL_COMMA = Pattern.compile("[^,(\\[{\\\\]*\\d,\\d[^,]*");

  /** C(5, 2) and C_5^2, which name a point and a power as well. */
  private static final Pattern CHOOSING =
      Pattern.compile(
          "\\s*C(?:\\s*\\(\\s*(\\d{1,4})\\s*,\\s*(\\d{1,4})\\s*\\)"
              + "|\\s*_\\s*\\{?(\\d{1,4})}?\\s*\\^\\s*\\{?(\\d{1,4})}?)\\s*");

  private static final String BINOMIAL = "\\\\binom{$1$3}{$2$4}";

  /** The caps keep recursion far below a usual stack; this is for a thread with a tiny one. */
  private static final Outcome DEEP =
      new Outcome(Outcome.Kind.BUDGET, "too much work: nested too deep for this thread's stack");

  private final String text;
  private final List<Expr> readings = new ArrayList<>();

  /** Why there is no reading, of each way that was tried. */
  private final List<Outcome> problems = new ArrayList<>();

  private Formula(String text) {
    this.text = text;
    read(text.length() > Budget.MAX_CHARS ? text : Notation.clean(text));
  }

  /** Reads a text without math delimiters. */
  public static Formula of(String text) {
    return new Formula(text);
  }

  /** The text that was read. */
  public String text() {
    return text;
  }

  /** Whether the text can be read as a formula at all. */
  public boolean isReadable() {
    return !readings.isEmpty();
  }

  /** Whether the text can be read as a formula and is not merely words. */
  public boolean isMathematical() {
    return readings.stream().anyMatch(expr -> !expr.is(Op.TEXT));
  }

  /** Whether the text reads as a list of which some parts are words and some are not. */
  public boolean isOfWordsAndValues() {
    return readings.stream()
        .findFirst()
        .filter(expr -> expr.is(Op.LIST) || expr.is(Op.ANY))
        .map(list -> list.args().stream().filter(part -> part.is(Op.TEXT)).count())
        .filter(words -> words > 0)
        .isPresent();
  }

  /** Compares this gold with an answer. */
  public Outcome compare(Formula answer, Reading reading) {
    if (!isReadable() || !answer.isReadable()) {
      return (isReadable() ? answer.problems : problems).get(0);
    }
    Outcome first = null;
    for (Expr one : readings) {
      for (Expr other : answer.readings) {
        Outcome outcome = compare(one, other, reading);
        if (outcome.isEqual()) {
          return outcome;
        }
        first = first == null ? outcome : first;
      }
    }
    return first;
  }

  private static Outcome compare(Expr gold, Expr answer, Reading reading) {
    try {
      return new Matcher(new Budget(), reading).match(gold, answer);
    } catch (BudgetExceededException e) {
      return new Outcome(Outcome.Kind.BUDGET, "too much work: " + e.getMessage());
    } catch (UndefinedValueException e) {
      return Outcome.undefined("no value: " + e.getMessage());
    } catch (StackOverflowError e) {
      return DEEP;
    }
  }

  /** Reads in every way, most likely first: commas may group, separate or be decimal. */
  private void read(String cleaned) {
    read(cleaned, Lexer.Commas.GROUPS);
    if (cleaned.indexOf('C') >= 0 && CHOOSING.matcher(cleaned).matches()) {
      read(CHOOSING.matcher(cleaned).replaceFirst(BINOMIAL), Lexer.Commas.GROUPS);
    }
    if (cleaned.length() <= Budget.MAX_CHARS && COMMA.matcher(cleaned).find()) {
      read(cleaned, Lexer.Commas.SEPARATORS);
      if (DECIMAL_COMMA.matcher(cleaned).matches() && !isGrouped()) {
        read(cleaned, Lexer.Commas.DECIMAL);
      }
    }
  }

  /** Whether the first reading already made one number of the comma. */
  private boolean isGrouped() {
    return !readings.isEmpty() && !readings.get(0).contains(Op.LIST);
  }

  private void read(String cleaned, Lexer.Commas commas) {
    try {
      Expr expr = Parser.parse(cleaned, commas);
      if (!readings.contains(expr)) {
        readings.add(expr);
      }
    } catch (SyntaxException e) {
      problems.add(new Outcome(Outcome.Kind.UNPARSED, "no formula: " + e.getMessage()));
    } catch (BudgetExceededException e) {
      problems.add(new Outcome(Outcome.Kind.BUDGET, "too much work: " + e.getMessage()));
    } catch (StackOverflowError e) {
      problems.add(DEEP);
    } catch (UndefinedValueException e) {
      problems.add(Outcome.undefined("no value: " + e.getMessage()));
    }
  }
}
