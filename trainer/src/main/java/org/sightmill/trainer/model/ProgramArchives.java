package org.sightmill.trainer.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.engine.ScriptArchive;
import org.sightmill.trainer.engine.ScriptSource;

/**
 * Writes a model's programs as archives that {@code torch.jit.load} opens in Python too, for checks
 * and timings on machines without Java. They hold no weights: these are arguments.
 */
public final class ProgramArchives {
  private ProgramArchives() {}

  /**
   * Writes {@code Vision.pt}, {@code Text.pt} and {@code Head.pt}.
   *
   * @param model folder with a {@code config.json}
   */
  public static void write(Path model, PolicyOptions options, Path folder) throws IOException {
    List<String> problems = new ArrayList<>();
    QwenConfig config =
        ConfigReader.read(model, problems)
            .orElseThrow(() -> new CheckpointException("checkpoint " + model, problems));
    Files.createDirectories(folder);
    for (ScriptSource source : Programs.sources(config, options)) {
      Files.write(folder.resolve(source.name() + ".pt"), ScriptArchive.bytes(source));
    }
  }
}
