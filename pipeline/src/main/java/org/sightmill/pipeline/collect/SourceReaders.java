package org.sightmill.pipeline.collect;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.collect.source.SourceReader;

/** The readers by name. Lives on the driver. */
public final class SourceReaders {
  private final SortedMap<String, SourceReader> byName = new TreeMap<>();

  /** A registry of these readers; of two with one name, the later. */
  public SourceReaders(Iterable<SourceReader> readers) {
    readers.forEach(reader -> byName.put(reader.name(), reader));
  }

  /** Every reader that {@link ServiceLoader} finds, plugins in {@code --jars} among them. */
  public static SourceReaders load() {
    return new SourceReaders(
        ServiceLoader.load(SourceReader.class, Thread.currentThread().getContextClassLoader()));
  }

  /** The names. */
  public List<String> names() {
    return List.copyOf(byName.keySet());
  }

  /** Why there is no reader of this name, or empty. */
  public Optional<String> problem(String name) {
    return byName.containsKey(name)
        ? Optional.empty()
        : Optional.of(
            "reader '%s' is unknown; there are %s".formatted(name, String.join(", ", names())));
  }

  /** What is wrong with a source's reader or with its configuration for that reader. */
  public List<String> problems(SourceConfig source) {
    return problem(source.reader())
        .map(List::of)
        .orElseGet(() -> byName.get(source.reader()).problems(source));
  }

  SourceReader of(SourceConfig source) {
    SourceReader reader = byName.get(source.reader());
    if (reader == null) {
      throw new IllegalArgumentException("no reader " + source.reader());
    }
    return reader;
  }
}
