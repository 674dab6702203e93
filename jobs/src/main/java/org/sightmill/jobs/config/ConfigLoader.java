package org.sightmill.jobs.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.sightmill.jobs.config.ConfigNode.Mapping;
import org.sightmill.jobs.config.ConfigNode.Scalar;
import org.sightmill.jobs.config.ConfigNode.Sequence;
import org.sightmill.pipeline.step.RunLayout;

/**
 * Loads a {@link RunConfig}: arguments win over {@code --set}, that over the file, that over the
 * documented defaults. Touches no Spark class.
 */
public final class ConfigLoader {
  private final PathProbe probe;

  /** A loader that asks {@code probe} about every path. */
  public ConfigLoader(PathProbe probe) {
    this.probe = probe;
  }

  /** The configuration, or every problem with it. */
  public LoadedConfig load(ConfigRequest request) {
    Problems problems = new Problems();
    Mapping root = tree(request, problems);
    RunConfig config = new RecordBinder(problems).bind(RunConfig.class, root, "");
    probePaths(root, problems);
    if (config == null) {
      // Otherwise the bound sources say it themselves.
      checkSources(root, problems);
    }
    return new LoadedConfig(config, layout(root), problems.found());
  }

  /**
   * Another configuration than a run of the six steps: the record, or every problem with it. A
   * {@code root} in it is looked at.
   */
  public <T extends Record> LoadedRecord<T> load(Class<T> type, ConfigRequest request) {
    Problems problems = new Problems();
    Mapping root = tree(request, problems);
    T config = new RecordBinder(problems).bind(type, root, "");
    probePaths(root, problems);
    return new LoadedRecord<>(config, problems.found());
  }

  private static Mapping tree(ConfigRequest request, Problems problems) {
    Mapping root = request.file() == null ? Mapping.empty("") : file(request.file(), problems);
    Overrides overrides = new Overrides(root, problems);
    request.sets().forEach(overrides::set);
    request
        .arguments()
        .forEach((key, value) -> overrides.put(key, value, "--" + key.replace('_', '-')));
    return root;
  }

  private static Mapping file(String file, Problems problems) {
    try {
      return YamlReader.readFile(Files.readString(Path.of(file)), file, problems);
    } catch (NoSuchFileException e) {
      problems.add("--config " + file, "no such file");
    } catch (MalformedInputException e) {
      problems.add("--config " + file, "is not UTF-8 text");
    } catch (IOException e) {
      problems.add("--config " + file, "can't be read: " + e.getMessage());
    }
    return Mapping.empty(file);
  }

  private void probePaths(Mapping root, Problems problems) {
    String runs = text(root, "root", RunConfig.DEFAULT_ROOT);
    ConfigNode node = root.entries().get("root");
    probe
        .unwritable(runs)
        .ifPresent(why -> problems.add(node == null ? "" : node.where(), "root " + why));
    forEachSource(
        root,
        "path",
        (key, path) ->
            probe
                .unreadable(path.text())
                .ifPresent(why -> problems.add(path.where(), key + " " + why)));
    probeBenchmarks(root, problems);
  }

  /** Otherwise a wrong path would come to light in the last step, after every call was paid. */
  private void probeBenchmarks(Mapping root, Problems problems) {
    Mapping place = root;
    for (String key : List.of("curate", "quality", "benchmarks", "files")) {
      if (!(place.entries().get(key) instanceof Mapping inner)) {
        return;
      }
      place = inner;
    }
    place
        .entries()
        .forEach(
            (name, node) -> {
              if (node instanceof Scalar path && path.text() != null) {
                probe
                    .unreadable(path.text())
                    .ifPresent(
                        why ->
                            problems.add(
                                path.where(),
                                "curate.quality.benchmarks.files." + name + " " + why));
              }
            });
  }

  /** What would come to light only after every other problem is mended. */
  private void checkSources(Mapping root, Problems problems) {
    Set<String> names = new HashSet<>();
    forEachSource(
        root,
        "name",
        (key, name) -> {
          if (!names.add(name.text())) {
            problems.addUnlessSaid(
                name.where(), "sources: the name '%s' is given twice".formatted(name.text()));
          }
        });
    forEachSource(
        root,
        "reader",
        (key, reader) ->
            probe
                .unknownReader(reader.text())
                .ifPresent(why -> problems.add(reader.where(), key + ": " + why)));
  }

  /** Calls {@code action} with {@code sources[i].field} and its value, where there is one. */
  private static void forEachSource(Mapping root, String field, BiConsumer<String, Scalar> action) {
    if (root.entries().get("sources") instanceof Sequence sources) {
      for (int i = 0; i < sources.items().size(); i++) {
        if (sources.items().get(i) instanceof Mapping source
            && source.entries().get(field) instanceof Scalar value
            && value.text() != null) {
          action.accept("sources[%d].%s".formatted(i, field), value);
        }
      }
    }
  }

  private static RunLayout layout(Mapping root) {
    String runId = RunLayout.sanitised(text(root, "run_id", RunConfig.DEFAULT_RUN_ID));
    String runs = text(root, "root", RunConfig.DEFAULT_ROOT);
    return runId.isEmpty() || runs.isBlank() ? null : new RunLayout(runs, runId);
  }

  private static String text(Mapping root, String key, String byDefault) {
    return root.entries().get(key) instanceof Scalar scalar && scalar.text() != null
        ? scalar.text()
        : byDefault;
  }
}
