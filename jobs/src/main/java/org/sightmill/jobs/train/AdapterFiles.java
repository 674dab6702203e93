package org.sightmill.jobs.train;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.sightmill.trainer.model.PolicySaver;

/** Adapters apart from the model that they are merged into. */
final class AdapterFiles {
  private AdapterFiles() {}

  /** In one folder with the model, transformers would add the adapters to it a second time. */
  static void move(Path model, Path adapter) throws IOException {
    for (String name : PolicySaver.ADAPTER_FILES) {
      Path file = model.resolve(name);
      if (Files.exists(file)) {
        Files.createDirectories(adapter);
        Files.move(file, adapter.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
