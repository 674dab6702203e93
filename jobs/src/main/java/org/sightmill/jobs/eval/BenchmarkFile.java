package org.sightmill.jobs.eval;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.trainer.eval.Benchmark;
import org.sightmill.trainer.eval.Benchmarks;
import org.sightmill.trainer.eval.TsvReader;

/**
 * A benchmark with the file of its rows.
 *
 * @param dataset what the user calls it; names files and tables
 * @param path a Hadoop path of a tab-separated file
 */
public record BenchmarkFile(String dataset, Benchmark benchmark, String path) {

  /**
   * Reads {@code NAME=FILE}, or {@code NAME:BENCHMARK=FILE} for rows of one's own.
   *
   * @param problems gets what is wrong
   */
  public static Optional<BenchmarkFile> parse(String text, List<String> problems) {
    int equals = text.indexOf('=');
    if (equals < 1 || equals == text.length() - 1) {
      problems.add("--benchmark must be NAME=FILE but was '%s'".formatted(text));
      return Optional.empty();
    }
    String[] names = text.substring(0, equals).split(":", 2);
    Optional<Benchmark> benchmark = Benchmarks.named(names[names.length - 1]);
    if (benchmark.isEmpty()) {
      problems.add(
          "--benchmark: no benchmark is named '%s'; there are %s. For rows of your own: NAME:generic=FILE"
              .formatted(
                  names[names.length - 1],
                  String.join(", ", Benchmarks.all().stream().map(Benchmark::name).toList())));
      return Optional.empty();
    }
    return Optional.of(new BenchmarkFile(names[0], benchmark.get(), text.substring(equals + 1)));
  }

  /** What tables call it: one of the six by its own name, rows of one's own by the user's. */
  String title() {
    boolean official =
        Benchmarks.SIX.contains(benchmark.name()) && !dataset.endsWith(ShuffledPictures.SUFFIX);
    return official ? benchmark.name() : dataset;
  }

  /** Opens the file's bytes. */
  InputStream open(Configuration hadoop) throws IOException {
    Path file = new Path(path);
    return file.getFileSystem(hadoop).open(file);
  }

  /** Opens its rows. */
  TsvReader rows(Configuration hadoop) throws IOException {
    return TsvReader.open(open(hadoop), path);
  }

  /** What keeps the file from being this benchmark's. */
  public List<String> problems(Configuration hadoop) {
    try (TsvReader rows = rows(hadoop)) {
      List<String> missing =
          benchmark.columns().stream().filter(c -> !rows.columns().contains(c)).toList();
      return missing.isEmpty()
          ? List.of()
          : List.of(
              "--benchmark: %s lacks the columns %s of %s; it has %s"
                  .formatted(
                      path,
                      String.join(", ", missing),
                      benchmark.name(),
                      String.join(", ", rows.columns())));
    } catch (IOException e) {
      return List.of("--benchmark: cannot read %s: %s".formatted(path, e.getMessage()));
    } catch (RuntimeException e) {
      return List.of("--benchmark: " + e.getMessage());
    }
  }
}
