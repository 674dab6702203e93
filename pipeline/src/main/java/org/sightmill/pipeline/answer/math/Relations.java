package org.sightmill.pipeline.answer.math;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Equations and inequalities: equal when one is the other times a constant that is not zero. */
final class Relations {
  private static final Map<String, String> FLIPPED = Map.of("<", ">", "<=", ">=");

  private final Matcher matcher;
  private final Probe probe;

  Relations(Matcher matcher, Probe probe) {
    this.matcher = matcher;
    this.probe = probe;
  }

  static boolean isRelation(Expr expr) {
    return expr.is(Op.RELATION) || expr.is(Op.ALL);
  }

  Outcome match(Expr gold, Expr answer) {
    if (!isRelation(gold)) {
      return valueInRelation(gold, answer);
    }
    if (!isRelation(answer)) {
      return Labels.named(gold)
          .map(value -> matcher.match(value, answer))
          .orElse(Outcome.different("a relation is not a value"));
    }
    return both(gold, answer);
  }

  /** The gold is a plain value: the answer may name it, work it out, or restate it. */
  private Outcome valueInRelation(Expr gold, Expr answer) {
    Optional<List<Expr>> chain = Labels.sides(answer);
    if (chain.isEmpty()) {
      return Outcome.different("a relation is not a value");
    }
    Optional<Expr> named = Labels.named(answer);
    if (named.isPresent()) {
      return matcher.match(gold, named.get());
    }
    List<Expr> sides = chain.get();
    boolean asked = Labels.isAsked(sides.get(0)) && Labels.isConsistent(sides);
    Outcome last = matcher.match(gold, sides.get(sides.size() - 1));
    if (!last.isEqual() || asked) {
      return last;
    }
    return sides.stream().allMatch(side -> matcher.match(gold, side).isEqual())
        ? last
        : Outcome.different("an equation that does not name the value");
  }

  private Outcome both(Expr gold, Expr answer) {
    Optional<Expr> goldValue = Labels.named(gold);
    Optional<Expr> answerValue = Labels.named(answer);
    if (goldValue.isPresent() && answerValue.isPresent() && sameName(gold, answer)) {
      return matcher.match(goldValue.get(), answerValue.get());
    }
    if (gold.is(Op.ALL) || answer.is(Op.ALL)) {
      return chains(gold, answer);
    }
    return single(gold, answer);
  }

  /** y names the same thing as f(x) or g(x); other names have to agree. */
  private static boolean sameName(Expr gold, Expr answer) {
    String one = Labels.nameOf(gold);
    String other = Labels.nameOf(answer);
    return one.equals(other)
        || (one.equals("y") && isCallOfX(other))
        || (other.equals("y") && isCallOfX(one));
  }

  private static boolean isCallOfX(String name) {
    return name.startsWith("CALL") && name.endsWith("(x)");
  }

  private Outcome chains(Expr gold, Expr answer) {
    if (!gold.is(Op.ALL) || !answer.is(Op.ALL) || gold.args().size() != answer.args().size()) {
      return Outcome.different("chains of different length");
    }
    int length = gold.args().size();
    boolean reversed = isDescending(gold) != isDescending(answer);
    for (int i = 0; i < length; i++) {
      Outcome part = single(gold.arg(i), answer.arg(reversed ? length - 1 - i : i));
      if (!part.isEqual()) {
        return part;
      }
    }
    return Outcome.equal("the same chain");
  }

  private static boolean isDescending(Expr chain) {
    return chain.arg(0).name().startsWith(">");
  }

  private Outcome single(Expr gold, Expr answer) {
    Expr one = upward(gold);
    Expr other = upward(answer);
    if (!one.name().equals(other.name())) {
      return Outcome.different("different kinds of relation");
    }
    boolean scalar =
        one.args().stream().allMatch(Expr::isScalar)
            && other.args().stream().allMatch(Expr::isScalar);
    if (!scalar || one.name().equals("in")) {
      return sideBySide(one, other);
    }
    boolean symmetric = one.name().equals("=") || one.name().equals("!=");
    return probe.proportional(difference(one), difference(other), symmetric);
  }

  private Outcome sideBySide(Expr gold, Expr answer) {
    Outcome left = matcher.match(gold.arg(0), answer.arg(0));
    return left.isEqual() ? matcher.match(gold.arg(1), answer.arg(1)) : left;
  }

  private static Expr upward(Expr relation) {
    String flipped = FLIPPED.get(relation.name());
    return flipped == null
        ? relation
        : Expr.named(Op.RELATION, flipped, relation.arg(1), relation.arg(0));
  }

  private static Expr difference(Expr relation) {
    return Expr.of(Op.ADD, relation.arg(0), Expr.of(Op.NEG, relation.arg(1)));
  }
}
