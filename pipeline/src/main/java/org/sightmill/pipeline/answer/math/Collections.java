package org.sightmill.pipeline.answer.math;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Lists, tuples, sets and named values, element by element. */
final class Collections {
  private static final int MAX_UNORDERED = 60;

  /** As the parser reads the letters: i alone is also the imaginary unit. */
  private static final List<Expr> UNIT_VECTORS =
      List.of(Expr.constant("i"), Expr.symbol("j"), Expr.symbol("k"));

  private final Matcher matcher;
  private final Formula.Reading reading;

  Collections(Matcher matcher, Formula.Reading reading) {
    this.matcher = matcher;
    this.reading = reading;
  }

  static boolean isCollection(Expr expr) {
    return expr.is(Op.LIST) || expr.is(Op.ANY) || expr.is(Op.TUPLE) || expr.is(Op.SET);
  }

  Outcome match(Expr gold, Expr answer) {
    if (holdsNames(gold) && holdsNames(answer)) {
      Map<String, Expr> one = named(gold);
      Map<String, Expr> other = named(answer);
      if (one.size() == gold.args().size() && one.keySet().equals(other.keySet())) {
        return byName(one, other);
      }
    }
    return values(unnamed(gold), unnamed(answer));
  }

  private static boolean holdsNames(Expr expr) {
    return (expr.is(Op.LIST) || expr.is(Op.ANY))
        && expr.args().stream().allMatch(arg -> Labels.named(arg).isPresent());
  }

  private static Map<String, Expr> named(Expr expr) {
    Map<String, Expr> values = new LinkedHashMap<>();
    expr.args().forEach(arg -> values.put(Labels.nameOf(arg), Labels.named(arg).orElseThrow()));
    return values;
  }

  private Outcome byName(Map<String, Expr> gold, Map<String, Expr> answer) {
    for (Map.Entry<String, Expr> entry : gold.entrySet()) {
      Outcome part = matcher.match(entry.getValue(), answer.get(entry.getKey()));
      if (!part.isEqual()) {
        return part;
      }
    }
    return Outcome.equal("the same named values");
  }

  /** Drops the names of values: x = 2 or x = 3 is any of 2 and 3; n = 2, 3 is the list 2, 3. */
  private static Expr unnamed(Expr expr) {
    if (!expr.is(Op.LIST) && !expr.is(Op.ANY)) {
      return expr;
    }
    TreeSet<String> stems = new TreeSet<>();
    int names = 0;
    List<Expr> values = new ArrayList<>();
    for (Expr arg : expr.args()) {
      boolean named = Labels.named(arg).isPresent();
      if (named) {
        stems.add(Labels.stem(Labels.nameOf(arg)));
        names++;
      }
      values.add(Labels.named(arg).orElse(arg));
    }
    boolean same = names > 1 && stems.size() == 1;
    return same ? Expr.named(Op.ANY, "or", values) : expr.with(values);
  }

  private Outcome values(Expr gold, Expr answer) {
    if (!isCollection(gold) || !isCollection(answer)) {
      return single(gold, answer);
    }
    if (!isCompatible(gold, answer)) {
      return Outcome.different("different kinds of brackets");
    }
    boolean tuples = gold.is(Op.TUPLE) || answer.is(Op.TUPLE);
    boolean ordered = tuples || (gold.is(Op.LIST) && answer.is(Op.LIST) && isFlat(gold));
    return ordered ? inOrder(gold.args(), answer.args()) : inAnyOrder(gold, answer);
  }

  private static boolean isFlat(Expr expr) {
    return expr.args().stream().noneMatch(Collections::isCollection);
  }

  private boolean isCompatible(Expr gold, Expr answer) {
    if (!gold.is(Op.TUPLE) && !answer.is(Op.TUPLE)) {
      return true;
    }
    if (gold.is(Op.SET) || answer.is(Op.SET)) {
      return false;
    }
    if (gold.is(Op.TUPLE) && answer.is(Op.TUPLE)) {
      return gold.name().equals(answer.name()) || gold.args().size() > 2;
    }
    Expr tuple = gold.is(Op.TUPLE) ? gold : answer;
    return tuple.name().equals("()")
        || tuple.args().size() > 2
        || reading == Formula.Reading.NUMBER;
  }

  /** One side is a single value: a set of one is that value, a list is not. */
  private Outcome single(Expr gold, Expr answer) {
    Expr collection = isCollection(gold) ? gold : answer;
    Expr other = collection == gold ? answer : gold;
    if (collection.is(Op.TUPLE)
        && isVector(other)
        && UNIT_VECTORS.size() >= collection.args().size()) {
      return matcher.match(inUnitVectors(collection), other);
    }
    if (!collection.is(Op.SET) || distinct(collection.args()).size() != 1) {
      return Outcome.different("one value against several");
    }
    Expr only = collection.arg(0);
    return collection == gold ? matcher.match(only, answer) : matcher.match(gold, only);
  }

  /** 3i - 4j: only there a letter j stands beside an i. */
  private static boolean isVector(Expr expr) {
    return expr.isScalar()
        && expr.contains(UNIT_VECTORS.get(0))
        && expr.contains(UNIT_VECTORS.get(1));
  }

  private static Expr inUnitVectors(Expr tuple) {
    List<Expr> terms = new ArrayList<>();
    for (int i = 0; i < tuple.args().size(); i++) {
      terms.add(Expr.of(Op.MUL, tuple.arg(i), UNIT_VECTORS.get(i)));
    }
    return Expr.of(Op.ADD, terms);
  }

  private Outcome inOrder(List<Expr> gold, List<Expr> answer) {
    if (gold.size() != answer.size()) {
      return Outcome.different("%d values against %d".formatted(gold.size(), answer.size()));
    }
    for (int i = 0; i < gold.size(); i++) {
      Outcome part = matcher.match(gold.get(i), answer.get(i));
      if (!part.isEqual()) {
        return new Outcome(part.kind(), "value %d: %s".formatted(i + 1, part.reason()));
      }
    }
    return Outcome.equal("the same values in order");
  }

  private Outcome inAnyOrder(Expr goldSet, Expr answerSet) {
    List<Expr> gold = distinct(goldSet.args());
    List<Expr> left = distinct(answerSet.args());
    if (gold.size() != left.size()) {
      return Outcome.different("%d values against %d".formatted(gold.size(), left.size()));
    }
    if (gold.size() > MAX_UNORDERED) {
      throw new BudgetExceededException("a set of over %d values".formatted(MAX_UNORDERED));
    }
    for (Expr wanted : gold) {
      if (!left.removeIf(new FirstMatch(wanted))) {
        return Outcome.different("a value of the gold is missing");
      }
    }
    return Outcome.equal("the same values in any order");
  }

  /** Matches once. */
  private final class FirstMatch implements java.util.function.Predicate<Expr> {
    private final Expr wanted;
    private boolean found;

    FirstMatch(Expr wanted) {
      this.wanted = wanted;
    }

    @Override
    public boolean test(Expr candidate) {
      if (found) {
        return false;
      }
      found = matcher.match(wanted, candidate).isEqual();
      return found;
    }
  }

  private List<Expr> distinct(List<Expr> values) {
    Map<String, Expr> distinct = new LinkedHashMap<>();
    values.forEach(value -> distinct.putIfAbsent(matcher.key(value), value));
    return new ArrayList<>(distinct.values());
  }
}
