package org.sightmill.trainer.eval;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * One arm: a model under one decoding, over some benchmarks.
 *
 * @param name as tables call it
 * @param model what was asked: a folder, or the file of its predictions
 * @param decoding preset, limits and seed in words
 * @param style the instructions
 * @param benchmarks in the order they ran
 */
public record ArmResult(
    String name,
    String model,
    String decoding,
    PromptStyle style,
    List<BenchmarkResult> benchmarks) {

  /** Copies the list. */
  public ArmResult {
    benchmarks = List.copyOf(benchmarks);
  }

  /** The result on a benchmark, if it ran. */
  public Optional<BenchmarkResult> result(String benchmark) {
    return benchmarks.stream().filter(r -> r.benchmark().equals(benchmark)).findFirst();
  }

  /** The mean of the leaderboard's six, only when all six ran. */
  public OptionalDouble sixWayAverage(ToDoubleFunction<BenchmarkResult> number) {
    List<BenchmarkResult> six =
        Benchmarks.SIX.stream().map(this::result).flatMap(Optional::stream).toList();
    return six.size() == Benchmarks.SIX.size()
        ? six.stream().mapToDouble(number).average()
        : OptionalDouble.empty();
  }
}
