package org.sightmill.trainer.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;

/** The benchmarks there are: the six of the reasoning leaderboard, generic rows, and plugins. */
public final class Benchmarks {
  /** The six whose mean is the leaderboard's number, in its order. */
  public static final List<String> SIX =
      List.of("MathVista", "MathVision", "MathVerse", "DynaMath", "WeMath", "LogicVista");

  private Benchmarks() {}

  /** All of them: built in first, then those that the class path brings. */
  public static List<Benchmark> all() {
    List<Benchmark> all =
        new ArrayList<>(
            List.of(
                new MathVista(),
                new MathVision(),
                new MathVerse(),
                new DynaMath(),
                new WeMath(),
                new LogicVista(),
                new GenericBenchmark()));
    ServiceLoader.load(Benchmark.class, classLoader()).forEach(all::add);
    return all;
  }

  /**
   * The benchmark of this name. Official data set names count too: {@code MathVista_MINI}, {@code
   * MathVerse_MINI_Vision_Only}.
   */
  public static Optional<Benchmark> named(String name) {
    String plain = plain(name);
    return all().stream().filter(benchmark -> plain(benchmark.name()).equals(plain)).findFirst();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT)
        .replaceAll("_(mini|vision_only|minivonly|testmini|sample)", "")
        .replaceAll("[^a-z0-9]", "");
  }

  private static ClassLoader classLoader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? Benchmarks.class.getClassLoader() : ofThread;
  }
}
