package org.sightmill.jobs.config;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
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
    return new LoadedConfig(config, layout(root), problems.found());
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
    if (root.entries().get("sources") instanceof Sequence sources) {
      for (int i = 0; i < sources.items().size(); i++) {
        if (sources.items().get(i) instanceof Mapping source) {
          probeSource(source, "sources[%d].path".formatted(i), problems);
        }
      }
    }
  }

  private void probeSource(Mapping source, String key, Problems problems) {
    if (source.entries().get("path") instanceof Scalar path && path.text() != null) {
      probe.unreadable(path.text()).ifPresent(why -> problems.add(path.where(), key + " " + why));
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
