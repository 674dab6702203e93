package org.sightmill.pipeline.answer.math;

import java.math.BigInteger;
import java.util.List;

/** Functions of balls. Remembers whether a complex branch had to be chosen. */
final class BallFunctions {
  /** Absolute accuracy of the elementary functions, as log2. */
  private static final double FLOOR = -250;

  private static final int MAX_FACTORIAL = 5_000;

  /** Largest exponent of e, as log2. */
  private static final int MAX_POWER = 40;

  private boolean leftReals;

  boolean leftReals() {
    return leftReals;
  }

  Ball exp(Ball x) {
    if (x.re().magnitude() > MAX_POWER) {
      throw new BudgetExceededException("a power beyond 2^(2^%d)".formatted(MAX_POWER));
    }
    if (x.error() > -20) {
      throw new UndefinedValueException("an exponent that is not known well enough");
    }
    BigFloat size = Elementary.exp(x.re());
    if (x.isReal()) {
      return Ball.real(size, size.magnitude() + Math.max(x.error(), FLOOR));
    }
    return Ball.complex(
        size.times(Elementary.cos(x.im())),
        size.times(Elementary.sin(x.im())),
        size.magnitude() + Math.max(x.error(), FLOOR) + 1);
  }

  Ball ln(Ball x) {
    if (x.mayBeZero()) {
      throw new UndefinedValueException("the logarithm of zero");
    }
    double inherited = Math.max(x.error() - x.magnitude() + 3, FLOOR);
    if (x.isReal() && x.re().signum() > 0) {
      return Ball.real(Elementary.ln(x.re()), inherited);
    }
    leftReals = true;
    BigFloat angle = Elementary.atan2(x.im(), x.re());
    return Ball.complex(Elementary.ln(x.abs().re()), angle, inherited + 1);
  }

  Ball sqrt(Ball x) {
    if (x.mayBeZero()) {
      return new Ball(BigFloat.ZERO, BigFloat.ZERO, x.error() / 2 + 1);
    }
    double inherited = x.error() - x.magnitude() / 2 + 2;
    if (!x.isReal()) {
      leftReals = true;
      return complexRoot(x, inherited);
    }
    BigFloat root = x.re().abs().sqrt();
    if (x.re().signum() > 0) {
      return Ball.real(root, inherited);
    }
    leftReals = true;
    return Ball.complex(BigFloat.ZERO, root, inherited);
  }

  private static Ball complexRoot(Ball x, double inherited) {
    BigFloat size = x.abs().re();
    BigFloat re = size.plus(x.re()).timesPowerOfTwo(-1);
    BigFloat im = size.minus(x.re()).timesPowerOfTwo(-1);
    BigFloat imaginary = im.signum() <= 0 ? BigFloat.ZERO : im.sqrt();
    return Ball.complex(
        re.signum() <= 0 ? BigFloat.ZERO : re.sqrt(),
        x.im().signum() < 0 ? imaginary.negate() : imaginary,
        Math.max(inherited, x.magnitude() / 2 - BigFloat.BITS / 2.0));
  }

  /** A power whose exponent is known exactly; an odd root of a negative real value is real. */
  Ball power(Ball base, Rational exponent) {
    if (exponent.isInteger() && exponent.numerator().bitLength() < 40) {
      return wholePower(base, exponent.numerator().longValue());
    }
    if (exponent.denominator().equals(BigInteger.TWO)) {
      return power(sqrt(base), Rational.of(exponent.numerator()));
    }
    if (base.mayBeZero() && exponent.signum() > 0) {
      return new Ball(BigFloat.ZERO, BigFloat.ZERO, base.error() * exponent(exponent) + 1);
    }
    if (base.isReal() && base.re().signum() < 0 && exponent.denominator().testBit(0)) {
      Ball size = exp(ln(base.negate()).times(Ball.of(exponent)));
      return exponent.numerator().testBit(0) ? size.negate() : size;
    }
    return exp(ln(base).times(Ball.of(exponent)));
  }

  private static double exponent(Rational value) {
    return BigFloat.of(value).toDouble();
  }

  Ball power(Ball base, Ball exponent) {
    if (base.mayBeZero()) {
      if (exponent.isReal() && exponent.re().signum() > 0 && !exponent.mayBeZero()) {
        return Ball.ZERO;
      }
      throw new UndefinedValueException("zero to a power that is not positive");
    }
    return exp(ln(base).times(exponent));
  }

  private static Ball wholePower(Ball base, long exponent) {
    if (exponent < 0) {
      return wholePower(base, -exponent).inverse();
    }
    Ball result = Ball.ONE;
    Ball square = base;
    for (long left = exponent; left > 0; left >>= 1) {
      if ((left & 1) == 1) {
        result = result.times(square);
      }
      if (left > 1) {
        square = square.times(square);
      }
    }
    return result;
  }

  static Ball factorial(Ball argument, Budget budget) {
    long n = Math.round(argument.re().toDouble());
    boolean whole = argument.isReal() && !argument.differsFrom(Ball.of(Rational.of(n)));
    if (!whole || n < 0) {
      throw new UndefinedValueException("the factorial of what is not a natural number");
    }
    if (n > MAX_FACTORIAL) {
      throw new BudgetExceededException("a factorial beyond %d!".formatted(MAX_FACTORIAL));
    }
    budget.spend((int) n / 2);
    Ball result = Ball.ONE;
    for (long i = 2; i <= n; i++) {
      result = result.times(Ball.of(Rational.of(i)));
    }
    return result;
  }

  Ball apply(String name, List<Ball> args) {
    Ball x = args.get(0);
    return switch (name) {
      case "ln" -> ln(x);
      case "log" -> ln(x).dividedBy(ln(args.get(1)));
      case "exp" -> exp(x);
      case "binom" -> binomial(x, args.get(1));
      case "max" -> args.stream().reduce((a, b) -> b.minus(a).isNegative() ? a : b).get();
      case "min" -> args.stream().reduce((a, b) -> a.minus(b).isNegative() ? a : b).get();
      case "sgn" -> sign(x);
      case "floor" -> floor(x);
      case "ceil" -> floor(x.negate()).negate();
      case "sinh" -> exp(x).minus(exp(x.negate())).times(half());
      case "cosh" -> exp(x).plus(exp(x.negate())).times(half());
      case "tanh" -> apply("sinh", args).dividedBy(apply("cosh", args));
      default -> circular(name, x);
    };
  }

  private static Ball binomial(Ball n, Ball k) {
    long whole = Math.round(k.re().toDouble());
    if (!k.isReal() || k.differsFrom(Ball.of(Rational.of(whole))) || whole < 0 || whole > 500) {
      throw new UndefinedValueException("a binomial whose lower part is no small natural number");
    }
    Ball result = Ball.ONE;
    for (long i = 0; i < whole; i++) {
      Ball factor = n.minus(Ball.of(Rational.of(i)));
      result = result.times(factor).dividedBy(Ball.of(Rational.of(i + 1)));
    }
    return result;
  }

  private static Ball half() {
    return Ball.exact(BigFloat.ONE.timesPowerOfTwo(-1));
  }

  private static Ball sign(Ball x) {
    if (x.mayBeZero()) {
      return Ball.ZERO;
    }
    return x.isNegative() ? Ball.ONE.negate() : Ball.ONE;
  }

  private static Ball floor(Ball x) {
    BigInteger below = x.re().toFixed(0);
    BigInteger down = x.re().exponent < 0 ? shift(x.re()) : below;
    Ball nearest = Ball.exact(BigFloat.of(down.add(BigInteger.ONE), 0));
    return x.differsFrom(nearest) ? Ball.exact(BigFloat.of(down, 0)) : nearest;
  }

  private static BigInteger shift(BigFloat value) {
    return value.mantissa.shiftRight((int) Math.min(10_000, -value.exponent));
  }

  private static Ball circular(String name, Ball x) {
    if (!x.isReal()) {
      throw new UndefinedValueException("an angle that is not real");
    }
    return switch (name) {
      case "sin" -> sin(x);
      case "cos" -> cos(x);
      case "tan" -> sin(x).dividedBy(cos(x));
      case "cot" -> cos(x).dividedBy(sin(x));
      case "sec" -> cos(x).inverse();
      case "csc", "cosec" -> sin(x).inverse();
      case "arctan", "atan" -> Ball.real(Elementary.atan(x.re()), error(x));
      case "arcsin", "asin" -> arcsin(x);
      case "arccos", "acos" -> quarterTurn().minus(arcsin(x));
      case "arccot" -> quarterTurn().minus(circular("arctan", x));
      case "arcsec" -> circular("arccos", x.inverse());
      case "arccsc" -> circular("arcsin", x.inverse());
      default -> throw new UndefinedValueException("no value for the function " + name);
    };
  }

  private static double error(Ball x) {
    return Math.max(x.error(), Math.min(0, x.magnitude()) + FLOOR) + 1;
  }

  private static Ball sin(Ball x) {
    return Ball.real(Elementary.sin(x.re()), error(x));
  }

  private static Ball cos(Ball x) {
    return Ball.real(Elementary.cos(x.re()), Math.max(x.error(), FLOOR) + 1);
  }

  private static Ball quarterTurn() {
    return Ball.real(Elementary.PI.timesPowerOfTwo(-1), FLOOR);
  }

  private static Ball arcsin(Ball x) {
    Ball rest = Ball.ONE.minus(x.times(x));
    if (rest.isNegative()) {
      throw new UndefinedValueException("the arc sine of a value beyond 1");
    }
    BigFloat cosine = rest.mayBeZero() ? BigFloat.ZERO : rest.re().sqrt();
    double inherited = rest.mayBeZero() ? rest.error() / 2 : x.error() - cosine.magnitude() + 2;
    return Ball.real(Elementary.atan2(x.re(), cosine), Math.max(inherited, error(x)));
  }
}
