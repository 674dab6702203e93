package org.sightmill.pipeline.answer.math;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BinaryOperator;

/** Exact rational values of constant formulas, where they have one of bounded size. */
final class Exact {
  private static final int MAX_FACTORIAL = 4_000;

  private final Budget budget;

  private Exact(Budget budget) {
    this.budget = budget;
  }

  /**
   * The exact value; empty when it is irrational, too large to hold, or depends on a symbol.
   *
   * @throws UndefinedValueException for a division by zero
   */
  static Optional<Rational> value(Expr expr, Budget budget) {
    try {
      return new Exact(budget).of(expr);
    } catch (BudgetExceededException tooLarge) {
      // Not the end: the approximate evaluation has no limit on size.
      return Optional.empty();
    }
  }

  private Optional<Rational> of(Expr expr) {
    budget.spend(1);
    return switch (expr.op()) {
      case NUMBER -> Optional.of(expr.value());
      case SERIES, SYMBOL, CONSTANT, CALL -> Optional.empty();
      default -> ofParts(expr);
    };
  }

  private Optional<Rational> ofParts(Expr expr) {
    List<Rational> parts = new ArrayList<>(expr.args().size());
    for (Expr arg : expr.args()) {
      if (arg.is(Op.MATRIX)) {
        return Optional.empty();
      }
      Optional<Rational> part = of(arg);
      if (part.isEmpty()) {
        return part;
      }
      parts.add(part.get());
    }
    return parts.isEmpty() ? Optional.empty() : combine(expr, parts);
  }

  private Optional<Rational> combine(Expr expr, List<Rational> parts) {
    Rational first = parts.get(0);
    return switch (expr.op()) {
      case ADD -> Optional.of(fold(parts, Rational::plus));
      case MUL -> Optional.of(fold(parts, Rational::times));
      case DIV -> Optional.of(fold(parts, Rational::dividedBy));
      case NEG -> Optional.of(first.negate());
      case POW -> power(first, parts.get(1));
      case ROOT -> parts.get(1).toInt().filter(n -> n > 0).flatMap(n -> root(first, n));
      case ABS -> Optional.of(first.abs());
      case FACTORIAL -> factorial(first);
      case PERCENT -> Optional.of(first.dividedBy(Rational.of(100)));
      case DEGREE -> Optional.of(first);
      case FUNCTION -> function(expr.name(), parts);
      default -> Optional.empty();
    };
  }

  private Rational fold(List<Rational> parts, BinaryOperator<Rational> operator) {
    Rational result = parts.get(0);
    for (int i = 1; i < parts.size(); i++) {
      budget.spend(result.steps(parts.get(i)));
      result = operator.apply(result, parts.get(i));
    }
    return result;
  }

  private Optional<Rational> power(Rational base, Rational exponent) {
    budget.spend(20);
    if (base.signum() == 0 && exponent.signum() < 0) {
      throw new UndefinedValueException("zero to a negative power");
    }
    Optional<Integer> whole = exponent.toInt();
    if (whole.isPresent()) {
      return Optional.of(base.pow(whole.get()));
    }
    if (exponent.isInteger() || exponent.denominator().bitLength() > 6) {
      return Optional.empty();
    }
    return root(base, exponent.denominator().intValue())
        .flatMap(root -> power(root, Rational.of(exponent.numerator())));
  }

  private Optional<Rational> root(Rational value, int degree) {
    budget.spend(20);
    return value.root(degree);
  }

  private Optional<Rational> factorial(Rational value) {
    Optional<Integer> n = value.toInt().filter(v -> v >= 0);
    if (n.isEmpty() || n.get() > MAX_FACTORIAL) {
      return Optional.empty();
    }
    budget.spend(n.get());
    return Optional.of(Rational.of(product(1, n.get())));
  }

  /** The product of from..to by halves, so that the numbers multiplied are of like size. */
  private static BigInteger product(int from, int to) {
    if (from > to) {
      return BigInteger.ONE;
    }
    if (from == to) {
      return BigInteger.valueOf(from);
    }
    int middle = (from + to) >>> 1;
    return product(from, middle).multiply(product(middle + 1, to));
  }

  private Optional<Rational> function(String name, List<Rational> parts) {
    Rational first = parts.get(0);
    return switch (name) {
      case "floor" -> Optional.of(Rational.of(first.floor()));
      case "ceil" -> Optional.of(Rational.of(first.negate().floor()).negate());
      case "sgn" -> Optional.of(Rational.of(first.signum()));
      case "max" -> parts.stream().max(Rational::compareTo);
      case "min" -> parts.stream().min(Rational::compareTo);
      case "gcd", "lcm" -> integers(name, parts);
      case "binom" -> binomial(parts);
      default -> Optional.empty();
    };
  }

  private Optional<Rational> integers(String name, List<Rational> parts) {
    if (!parts.stream().allMatch(part -> part.isInteger() && part.signum() > 0)) {
      return Optional.empty();
    }
    BinaryOperator<BigInteger> operator =
        name.equals("gcd") ? BigInteger::gcd : (a, b) -> a.divide(a.gcd(b)).multiply(b);
    return parts.stream().map(Rational::numerator).reduce(operator).map(Rational::of);
  }

  private Optional<Rational> binomial(List<Rational> parts) {
    if (parts.size() != 2 || parts.get(0).toInt().isEmpty() || parts.get(1).toInt().isEmpty()) {
      return Optional.empty();
    }
    int n = parts.get(0).toInt().get();
    int k = parts.get(1).toInt().get();
    if (n < 0 || k < 0 || k > n || n > MAX_FACTORIAL) {
      return Optional.empty();
    }
    budget.spend(n);
    return Optional.of(Rational.of(product(n - k + 1, n), product(1, k)));
  }
}
