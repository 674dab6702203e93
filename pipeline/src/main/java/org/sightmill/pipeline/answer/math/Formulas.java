package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares two answers written as formulas. The work is bounded for any input, see {@link Budget};
 * nothing is thrown, no thread is used, and the same texts always get the same outcome.
 */
public final class Formulas {
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

  private Formulas() {}

  /** Whether this text can be read as a formula at all. */
  public static boolean isFormula(String text) {
    return !readings(text, new ArrayList<>()).isEmpty();
  }

  /** Whether this text can be read as a formula and is not merely words. */
  public static boolean isMathematical(String text) {
    return readings(text, new ArrayList<>()).stream().anyMatch(expr -> !expr.is(Op.TEXT));
  }

  /** Whether this reads as a list of which some parts are words and some are not. */
  public static boolean isOfWordsAndValues(String text) {
    return readings(text, new ArrayList<>()).stream()
        .findFirst()
        .filter(expr -> expr.is(Op.LIST) || expr.is(Op.ANY))
        .map(list -> list.args().stream().filter(part -> part.is(Op.TEXT)).count())
        .filter(words -> words > 0)
        .isPresent();
  }

  /** Compares a gold with an answer, both without math delimiters. */
  public static Outcome compare(String gold, String answer, Reading reading) {
    List<Outcome> problems = new ArrayList<>();
    List<Expr> golds = readings(gold, problems);
    List<Expr> answers = readings(answer, problems);
    if (golds.isEmpty() || answers.isEmpty()) {
      return problems.get(0);
    }
    Outcome first = null;
    for (Expr one : golds) {
      for (Expr other : answers) {
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

  /** The ways to read a text, most likely first: commas may group, separate or be decimal. */
  private static List<Expr> readings(String text, List<Outcome> problems) {
    String cleaned = text.length() > Budget.MAX_CHARS ? text : Notation.clean(text);
    List<Expr> readings = new ArrayList<>();
    read(cleaned, Lexer.Commas.GROUPS, readings, problems);
    if (cleaned.indexOf('C') >= 0 && CHOOSING.matcher(cleaned).matches()) {
      String binomial = CHOOSING.matcher(cleaned).replaceFirst(BINOMIAL);
      read(binomial, Lexer.Commas.GROUPS, readings, problems);
    }
    if (cleaned.length() <= Budget.MAX_CHARS && COMMA.matcher(cleaned).find()) {
      read(cleaned, Lexer.Commas.SEPARATORS, readings, problems);
      if (DECIMAL_COMMA.matcher(cleaned).matches() && !isGrouped(readings)) {
        read(cleaned, Lexer.Commas.DECIMAL, readings, problems);
      }
    }
    return readings;
  }

  /** Whether the first reading already made one number of the comma. */
  private static boolean isGrouped(List<Expr> readings) {
    return !readings.isEmpty() && !readings.get(0).contains(Op.LIST);
  }

  private static void read(
      String cleaned, Lexer.Commas commas, List<Expr> readings, List<Outcome> problems) {
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
