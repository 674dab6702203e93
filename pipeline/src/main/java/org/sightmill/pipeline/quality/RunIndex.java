package org.sightmill.pipeline.quality;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The word runs of the benchmarks' questions, to find the item that a question overlaps with. Runs
 * that very many items share are instructions, such as MathVista's hints, and count for nothing.
 * Sent to executors: 12 bytes a run, some MB for the six benchmarks.
 */
final class RunIndex implements Serializable {
  private static final long serialVersionUID = 1L;

  /**
   * Items that share a run without its being an instruction: DynaMath asks each question 10 times.
   */
  private static final int MAX_ITEMS = 20;

  /** Fewer runs, and a question says too little to be told from another by its words. */
  static final int LEAST_RUNS = 4;

  private final int runWords;
  private final List<String> items;
  private final int[] runsOfItem;
  private final long[] runs;
  private final int[] itemOfRun;
  private final long[] instructions;

  private RunIndex(
      int runWords, List<String> items, int[] runsOfItem, List<Posting> postings, long[] ignored) {
    this.runWords = runWords;
    this.items = items;
    this.runsOfItem = runsOfItem;
    this.runs = postings.stream().mapToLong(Posting::run).toArray();
    this.itemOfRun = postings.stream().mapToInt(Posting::item).toArray();
    this.instructions = ignored;
  }

  private record Posting(long run, int item) {}

  /** A benchmark's question that a question overlaps with. */
  record Match(String item, double overlap) {}

  /**
   * An index of some questions.
   *
   * @param items their names, as people know them
   */
  static RunIndex of(List<String> items, List<String> questions, int runWords) {
    Map<Long, Integer> counts = new HashMap<>();
    List<long[]> runs = questions.stream().map(question -> runs(question, runWords)).toList();
    runs.forEach(all -> Arrays.stream(all).forEach(run -> counts.merge(run, 1, Integer::sum)));
    long[] ignored =
        counts.entrySet().stream()
            .filter(entry -> entry.getValue() > MAX_ITEMS)
            .mapToLong(Map.Entry::getKey)
            .sorted()
            .toArray();
    int[] runsOfItem = new int[items.size()];
    List<Posting> postings = new ArrayList<>();
    for (int item = 0; item < items.size(); item++) {
      for (long run : without(runs.get(item), ignored)) {
        postings.add(new Posting(run, item));
        runsOfItem[item]++;
      }
    }
    postings.sort(Comparator.comparingLong(Posting::run).thenComparingInt(Posting::item));
    return new RunIndex(runWords, List.copyOf(items), runsOfItem, postings, ignored);
  }

  private static long[] runs(String question, int runWords) {
    List<String> words = QuestionText.of(question).words();
    return words.size() < runWords ? new long[0] : Shingles.of(words, runWords);
  }

  private static long[] without(long[] runs, long[] ignored) {
    return Arrays.stream(runs).filter(run -> Arrays.binarySearch(ignored, run) < 0).toArray();
  }

  /** The item that shares most, if it shares enough; the first of several. */
  Optional<Match> match(String question, double least) {
    long[] own = without(runs(question, runWords), instructions);
    Map<Integer, Integer> shared = new HashMap<>();
    for (long run : own) {
      for (int at = first(run); at < runs.length && runs[at] == run; at++) {
        shared.merge(itemOfRun[at], 1, Integer::sum);
      }
    }
    return shared.entrySet().stream()
        .filter(entry -> shorter(own, entry.getKey()) >= LEAST_RUNS)
        .map(
            entry ->
                Map.entry(entry.getKey(), (double) entry.getValue() / shorter(own, entry.getKey())))
        .filter(entry -> entry.getValue() >= least)
        .min(
            Map.Entry.<Integer, Double>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(entry -> new Match(items.get(entry.getKey()), entry.getValue()));
  }

  private int shorter(long[] own, int item) {
    return Math.min(own.length, runsOfItem[item]);
  }

  private int first(long run) {
    int low = 0;
    int high = runs.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (runs[middle] < run) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
