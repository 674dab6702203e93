package org.sightmill.trainer.update;

import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * Weighted means, sums, least and greatest values by name, gathered over micro-batches and shards.
 * Adding two in one order or the other gives the same up to rounding.
 */
public final class MetricSums implements Serializable {
  private static final long serialVersionUID = 1L;

  /** How values of one name are joined. */
  private enum Kind {
    MEAN,
    SUM,
    LEAST,
    GREATEST
  }

  /**
   * @param value the weighted sum, or the extreme
   * @param weight the sum of weights, for means
   */
  private record Entry(Kind kind, double value, double weight) implements Serializable {
    Entry plus(Entry other) {
      return switch (kind) {
        case MEAN, SUM -> new Entry(kind, value + other.value, weight + other.weight);
        case LEAST -> new Entry(kind, Math.min(value, other.value), 1);
        case GREATEST -> new Entry(kind, Math.max(value, other.value), 1);
      };
    }

    double result() {
      return kind == Kind.MEAN ? value / weight : value;
    }
  }

  private final TreeMap<String, Entry> entries = new TreeMap<>();

  /** A value that counts with a weight; of weight 0 it is left out. */
  public void mean(String name, double value, double weight) {
    if (weight > 0) {
      add(name, new Entry(Kind.MEAN, value * weight, weight));
    }
  }

  /** A share of a sum. */
  public void sum(String name, double value) {
    add(name, new Entry(Kind.SUM, value, 1));
  }

  /** One of the values whose least is wanted. */
  public void least(String name, double value) {
    add(name, new Entry(Kind.LEAST, value, 1));
  }

  /** One of the values whose greatest is wanted. */
  public void greatest(String name, double value) {
    add(name, new Entry(Kind.GREATEST, value, 1));
  }

  /** Adds all of another's. */
  public MetricSums add(MetricSums other) {
    other.entries.forEach(this::add);
    return this;
  }

  private void add(String name, Entry entry) {
    entries.merge(name, entry, Entry::plus);
  }

  /** The results by name, sorted. */
  public Map<String, Double> results() {
    Map<String, Double> results = new TreeMap<>();
    entries.forEach((name, entry) -> results.put(name, entry.result()));
    return results;
  }
}
