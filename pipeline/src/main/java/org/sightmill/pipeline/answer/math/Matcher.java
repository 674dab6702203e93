package org.sightmill.pipeline.answer.math;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides whether two parsed answers mean the same, by their shapes. One per comparison. */
final class Matcher {
  private static final int MAX_DEPTH = 12;

  private final Budget budget;
  private final Probe probe;
  private final Regions regions;
  private final Relations relations;
  private final Collections collections;
  private final Formula.Reading reading;
  private int depth;

  Matcher(Budget budget, Formula.Reading reading) {
    this.budget = budget;
    this.reading = reading;
    this.probe = new Probe(budget);
    this.regions = new Regions(budget);
    this.relations = new Relations(this, probe);
    this.collections = new Collections(this, reading);
  }

  Outcome match(Expr gold, Expr answer) {
    if (++depth > MAX_DEPTH) {
      throw new BudgetExceededException("structures nested deeper than %d".formatted(MAX_DEPTH));
    }
    budget.spend(2);
    Outcome outcome = shapes(Shapes.normal(gold), Shapes.normal(answer));
    depth--;
    return outcome;
  }

  /** A text by which equal values can be found again: exact values by value, others as written. */
  String key(Expr expr) {
    return expr.isScalar() && Shapes.isConstant(expr)
        ? Exact.value(expr, budget).map(Rational::key).orElse(Canon.key(expr))
        : Canon.key(expr);
  }

  private Outcome shapes(Expr gold, Expr answer) {
    if (Canon.key(gold).equals(Canon.key(answer))) {
      return Outcome.equal("the same formula");
    }
    if (gold.is(Op.TEXT) || answer.is(Op.TEXT)) {
      return texts(gold, answer);
    }
    if (Regions.isCertain(gold) || Regions.isCertain(answer)) {
      Optional<Outcome> outcome = regions.compare(gold, answer);
      if (outcome.isPresent()) {
        return outcome.get();
      }
    }
    if (Relations.isRelation(gold) || Relations.isRelation(answer)) {
      return relations.match(gold, answer);
    }
    if (gold.is(Op.MATRIX) || answer.is(Op.MATRIX)) {
      return matrices(gold, answer);
    }
    if (Collections.isCollection(gold) || Collections.isCollection(answer)) {
      return collections.match(gold, answer);
    }
    return values(gold, answer);
  }

  private Outcome texts(Expr gold, Expr answer) {
    if (Relations.isRelation(answer) && Labels.named(answer).isPresent()) {
      return match(gold, Labels.named(answer).get());
    }
    if (Relations.isRelation(gold) && Labels.named(gold).isPresent()) {
      return match(Labels.named(gold).get(), answer);
    }
    return letters(gold).equals(letters(answer))
        ? Outcome.equal("the same words")
        : Outcome.different("different words");
  }

  /** The letters of words, also of words that were read as products. */
  private static String letters(Expr expr) {
    String name = expr.args().isEmpty() ? expr.name() : "";
    StringBuilder letters = new StringBuilder(name.toLowerCase(Locale.ROOT).replace(" ", ""));
    expr.args().forEach(arg -> letters.append(letters(arg)));
    return expr.is(Op.NUMBER) ? expr.value().key() : letters.toString();
  }

  private Outcome matrices(Expr gold, Expr answer) {
    Expr one = asMatrix(gold);
    Expr other = asMatrix(answer);
    boolean sized =
        one.is(Op.MATRIX)
            && other.is(Op.MATRIX)
            && Matrices.rows(one) == Matrices.rows(other)
            && Matrices.columns(one) == Matrices.columns(other);
    if (!sized) {
      return Outcome.different("no matrices of one size");
    }
    for (int row = 0; row < Matrices.rows(one); row++) {
      for (int column = 0; column < Matrices.columns(one); column++) {
        Outcome cell = match(Matrices.cell(one, row, column), Matrices.cell(other, row, column));
        if (!cell.isEqual()) {
          return cell;
        }
      }
    }
    return Outcome.equal("the same cells");
  }

  /** A tuple is a column, and a tuple of tuples the rows, as programs print them. */
  private static Expr asMatrix(Expr expr) {
    if (expr.is(Op.TUPLE) && expr.args().stream().allMatch(row -> row.is(Op.TUPLE))) {
      return Expr.of(
          Op.MATRIX, expr.args().stream().map(row -> Expr.of(Op.LIST, row.args())).toList());
    }
    if (!expr.is(Op.TUPLE) || !expr.name().equals("()")) {
      return expr;
    }
    return Expr.of(Op.MATRIX, expr.args().stream().map(cell -> Expr.of(Op.LIST, cell)).toList());
  }

  private Outcome values(Expr gold, Expr answer) {
    if (gold.is(Op.QUANTITY) || answer.is(Op.QUANTITY) || reading == Formula.Reading.NUMBER) {
      Optional<Expr> one = Shapes.quantity(gold);
      Optional<Expr> other = Shapes.quantity(answer);
      if (one.isPresent() || other.isPresent()) {
        return quantities(one.orElse(gold), other.orElse(answer));
      }
    }
    if (Shapes.isConstant(gold) && !Shapes.isConstant(answer)) {
      Optional<Expr> measured = Shapes.quantity(answer);
      if (measured.isPresent()) {
        return quantities(gold, measured.get());
      }
    }
    return scalars(gold, answer);
  }

  private Outcome quantities(Expr gold, Expr answer) {
    if (gold.is(Op.DEGREE) && isInRadians(answer)) {
      return scalars(radians(gold), bare(answer));
    }
    if (answer.is(Op.DEGREE) && isInRadians(gold)) {
      return scalars(bare(gold), radians(answer));
    }
    Optional<Units.Unit> one = unit(gold);
    Optional<Units.Unit> other = unit(answer);
    Expr goldValue = bare(gold);
    Expr answerValue = bare(answer);
    if (one.isPresent() && other.isPresent()) {
      if (!one.get().dimension().equals(other.get().dimension())) {
        return Outcome.different("units of different things");
      }
      return scalars(scaled(goldValue, one.get()), scaled(answerValue, other.get()));
    }
    Outcome plain = match(goldValue, answerValue);
    boolean cents = other.isPresent() && other.get().dimension().equals("$1");
    return plain.isEqual() || !cents ? plain : scalars(goldValue, scaled(answerValue, other.get()));
  }

  private static boolean isInRadians(Expr expr) {
    return unit(expr).map(Units.Unit::dimension).equals(Optional.of("a1"));
  }

  private static Expr radians(Expr degrees) {
    Expr half = Expr.of(Op.DIV, Expr.constant("pi"), Expr.number(Rational.of(180)));
    return Expr.of(Op.MUL, degrees.arg(0), half);
  }

  private static Optional<Units.Unit> unit(Expr expr) {
    return expr.is(Op.QUANTITY) ? Units.parse(expr.name()) : Optional.empty();
  }

  private static Expr bare(Expr expr) {
    return expr.is(Op.QUANTITY) ? expr.arg(0) : expr;
  }

  private static Expr scaled(Expr value, Units.Unit unit) {
    return unit.factor().equals(Rational.ONE)
        ? value
        : Expr.of(Op.MUL, value, Expr.number(unit.factor()));
  }

  private Outcome scalars(Expr gold, Expr answer) {
    if (Regions.isInfinite(gold) || Regions.isInfinite(answer)) {
      return Outcome.different("infinity against something else");
    }
    if (!gold.isScalar() || !answer.isScalar()) {
      return Outcome.different("different kinds of answers");
    }
    if (Shapes.ratio(gold).size() > 2 || Shapes.ratio(answer).size() > 2) {
      return ratios(Shapes.ratio(gold), Shapes.ratio(answer));
    }
    Outcome outcome = probe.compare(gold, answer);
    if (outcome.isEqual() || !gold.contains(Op.PERCENT) || answer.contains(Op.PERCENT)) {
      return outcome;
    }
    return probe.compare(withoutPercent(gold), answer).isEqual()
        ? Outcome.equal("the same value, with the percent sign left out")
        : outcome;
  }

  /** a : b : c is the same as any multiple of it. */
  private Outcome ratios(List<Expr> gold, List<Expr> answer) {
    if (gold.size() != answer.size()) {
      return Outcome.different("ratios of %d and %d terms".formatted(gold.size(), answer.size()));
    }
    for (int i = 1; i < gold.size(); i++) {
      Expr one = Expr.of(Op.MUL, gold.get(i), answer.get(0));
      Expr other = Expr.of(Op.MUL, answer.get(i), gold.get(0));
      Outcome part = probe.compare(one, other);
      if (!part.isEqual()) {
        return part;
      }
    }
    return Outcome.equal("the same ratio");
  }

  private static Expr withoutPercent(Expr expr) {
    Expr inner = expr.with(expr.args().stream().map(Matcher::withoutPercent).toList());
    return inner.is(Op.PERCENT) ? inner.arg(0) : inner;
  }
}
