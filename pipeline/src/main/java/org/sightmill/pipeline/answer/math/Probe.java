package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;

/**
 * Decides whether two values are the same: exactly when both are rational, else by their values at
 * fixed pseudo-random points. Widths of 1, 6 and 40 and independent signs, because formulas that
 * agree near zero or in one quadrant may differ elsewhere.
 */
final class Probe {
  /** Widths of the points in eighths. */
  private static final int[] WIDTHS = {48, 8, 320, 320, 48, 8, 320, 48, 1, 8, 1, 48, 320, 8_000};

  private static final int LEAST = 2;
  private static final int ENOUGH = 6;
  private static final int ENOUGH_FOR_MANY = 9;
  private static final String RATIO = "#ratio";
  private static final long SEED = 0x5eed_0f_a115L;

  private final Budget budget;

  Probe(Budget budget) {
    this.budget = budget;
  }

  Outcome compare(Expr left, Expr right) {
    if (Canon.key(left).equals(Canon.key(right))) {
      return Outcome.equal("the same formula");
    }
    TreeSet<String> symbols = new TreeSet<>();
    collect(left, List.of(), symbols);
    collect(right, List.of(), symbols);
    return symbols.isEmpty() ? constants(left, right) : functions(left, right, symbols, Map.of());
  }

  /** Names of the free symbols and unknown calls. */
  static void collect(Expr expr, List<String> bound, TreeSet<String> into) {
    if (expr.is(Op.SYMBOL) || expr.is(Op.CALL)) {
      String name = Canon.key(expr);
      if (!bound.contains(name)) {
        into.add(name);
      }
      return;
    }
    List<String> inside = bound;
    if (expr.is(Op.SERIES)) {
      inside = new ArrayList<>(bound);
      inside.add(expr.name().substring(expr.name().indexOf(' ') + 1));
    }
    for (Expr arg : expr.args()) {
      collect(arg, inside, into);
    }
  }

  private Outcome constants(Expr left, Expr right) {
    Optional<Rational> a = Exact.value(left, budget);
    Optional<Rational> b = a.isEmpty() ? a : Exact.value(right, budget);
    if (b.isPresent()) {
      boolean same = a.get().equals(b.get());
      return same ? Outcome.equal("the same exact value") : Outcome.different("different values");
    }
    Ball x = new Approximate(Map.of(), budget).value(left);
    Ball y = new Approximate(Map.of(), budget).value(right);
    if (x.differsFrom(y)) {
      return Outcome.different("different values");
    }
    return x.isCertainBeside(y)
        ? Outcome.equal("the same value to 250 bits less rounding")
        : Outcome.undefined("rounding hides whether the values are the same");
  }

  private Outcome functions(
      Expr left, Expr right, TreeSet<String> symbols, Map<String, Ball> fixed) {
    if (symbols.stream().anyMatch(name -> isUnevaluated(name))) {
      return Outcome.undefined("an integral, limit or series that is not evaluated");
    }
    Tally tally = new Tally();
    boolean whole = needsWhole(left) || needsWhole(right);
    int enough = symbols.size() > 2 ? ENOUGH_FOR_MANY : ENOUGH;
    for (int i = 0; i < WIDTHS.length && tally.real < enough; i++) {
      Map<String, Ball> point = point(symbols, i, whole);
      point.putAll(fixed);
      if (tryPoint(left, right, point, tally)) {
        return Outcome.different("different values where both are defined");
      }
    }
    return tally.outcome();
  }

  /**
   * Whether two formulas are each other's multiple by a constant that is not zero: of any sign when
   * {@code symmetric}, else positive.
   */
  Outcome proportional(Expr left, Expr right, boolean symmetric) {
    TreeSet<String> symbols = new TreeSet<>();
    collect(left, List.of(), symbols);
    collect(right, List.of(), symbols);
    if (Canon.key(left).equals(Canon.key(right))) {
      return Outcome.equal("the same relation");
    }
    Optional<Ball> ratio = ratio(left, right, symbols);
    boolean allowed = ratio.isPresent() && ratio.get().isReal();
    if (!allowed || (!symmetric && ratio.get().re().signum() < 0)) {
      return Outcome.different("no constant multiple of each other");
    }
    Expr scaled = Expr.of(Op.MUL, Expr.symbol(RATIO), right);
    return functions(left, scaled, symbols, Map.of(RATIO, ratio.get()));
  }

  /** The ratio at the first point where neither is zero. */
  private Optional<Ball> ratio(Expr left, Expr right, TreeSet<String> symbols) {
    for (int i = 0; i < 3; i++) {
      Map<String, Ball> point = point(symbols, i, needsWhole(left) || needsWhole(right));
      try {
        Ball x = new Approximate(point, budget).value(left);
        Ball y = new Approximate(point, budget).value(right);
        if (!x.mayBeZero() && !y.mayBeZero()) {
          return Optional.of(x.dividedBy(y));
        }
      } catch (UndefinedValueException hole) {
        // Outside the domain of one side: the next point may do.
        continue;
      }
    }
    return Optional.empty();
  }

  private static boolean isUnevaluated(String key) {
    return key.startsWith("CALL:int")
        || key.startsWith("CALL:lim")
        || key.startsWith("CALL:oint")
        || key.startsWith("CALLseries");
  }

  private static boolean needsWhole(Expr expr) {
    boolean counts =
        expr.is(Op.FACTORIAL) || expr.is(Op.SERIES) || expr.isNamed(Op.FUNCTION, "binom");
    return counts || expr.args().stream().anyMatch(Probe::needsWhole);
  }

  /** Counts the points where the two agreed. */
  private static final class Tally {
    private int real;
    private int complex;
    private boolean complexDiffers;

    Outcome outcome() {
      if (real >= LEAST) {
        return Outcome.equal("the same value at %d points".formatted(real));
      }
      if (real == 0 && complexDiffers) {
        return Outcome.different("different values where both are defined");
      }
      if (real == 0 && complex > 2) {
        return Outcome.equal("the same complex value at %d points".formatted(complex));
      }
      return Outcome.undefined("no points where both have a value that is known well enough");
    }
  }

  /** Whether the two are certainly different at this point. */
  private boolean tryPoint(Expr left, Expr right, Map<String, Ball> point, Tally tally) {
    Approximate a = new Approximate(point, budget);
    Approximate b = new Approximate(point, budget);
    Ball x;
    Ball y;
    try {
      x = a.value(left);
      y = b.value(right);
    } catch (UndefinedValueException hole) {
      // A point outside the domain says nothing; the tally notices when all of them are.
      return false;
    }
    boolean differ = x.differsFrom(y);
    if (a.leftReals() || b.leftReals()) {
      tally.complex++;
      tally.complexDiffers |= differ;
      return false;
    }
    // Where rounding could hide a difference, agreement says nothing.
    tally.real += differ || x.isCertainBeside(y) ? 1 : 0;
    return differ;
  }

  private static Map<String, Ball> point(TreeSet<String> symbols, int index, boolean whole) {
    Map<String, Ball> point = new HashMap<>();
    int number = 0;
    for (String symbol : symbols) {
      SplittableRandom random = new SplittableRandom(SEED + 1_000L * index + symbol.hashCode());
      point.put(symbol, whole ? natural(random) : coordinate(random, index, number));
      number++;
    }
    return point;
  }

  private static Ball natural(SplittableRandom random) {
    return Ball.of(Rational.of(random.nextInt(3, 14)));
  }

  /** The first three points are positive; then the signs run through all patterns. */
  private static Ball coordinate(SplittableRandom random, int index, int number) {
    long parts = random.nextLong(1L << 29, 1L << 30);
    BigFloat size = BigFloat.of(parts * WIDTHS[index]).timesPowerOfTwo(-33);
    boolean negative =
        index >= 3 && (number < 3 ? ((index - 2) >> number & 1) == 1 : random.nextBoolean());
    return Ball.exact(negative ? size.negate() : size);
  }
}
