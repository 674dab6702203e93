package org.sightmill.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.jobs.config.DataSection;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.trainer.checkpoint.Checkpoints;

class TrainingRunTest {
  @TempDir private Path root;

  private final StringWriter screen = new StringWriter();
  private final List<String> loaded = new ArrayList<>();

  private TrainingRun run() throws IOException {
    TrainingRun run = new TrainingRun("grpo", new RunLayout(root.toString(), "r"), "arm");
    Files.createDirectories(run.folder());
    return run;
  }

  /** Steps 10 and 20, 7 optimizer steps to ten. */
  private Checkpoints checkpoints() throws IOException {
    Checkpoints checkpoints = new Checkpoints(root.resolve("checkpoints"), 1);
    for (long step : new long[] {10, 20}) {
      ObjectNode state = new ObjectMapper().createObjectNode().put("optimizer_steps", step * 7);
      checkpoints.write(step, state, folder -> Files.writeString(folder.resolve("w"), "" + step));
      if (step == 10) {
        checkpoints.markBest(step, 0.5);
      }
    }
    return checkpoints;
  }

  private void load(Path folder, long version) throws IOException {
    loaded.add(Files.readString(folder.resolve("w")) + " as version " + version);
  }

  @Test
  void theModelThatIsLeftIsTheBestStepsAndTheFileSaysWhich() throws IOException {
    run().choose(checkpoints(), 20, this::load, new PrintWriter(screen, true));
    assertThat(loaded).containsExactly("10 as version 70");
    assertThat(screen.toString())
        .isEqualToIgnoringNewLines("The model is that of step 10 of 20, the best on held-out rows");
    assertThat(new ObjectMapper().readTree(run().folder().resolve("chosen.json").toFile()))
        .isEqualTo(new ObjectMapper().readTree("{\"step\":10,\"steps\":20}"));
  }

  @Test
  void nothingIsLoadedWhenTheLastStepIsTheBest() throws IOException {
    Checkpoints checkpoints = checkpoints();
    checkpoints.markBest(20, 0.7);
    run().choose(checkpoints, 20, this::load, new PrintWriter(screen, true));
    assertThat(loaded).isEmpty();
    assertThat(screen.toString()).contains("step 20 of 20");
  }

  @Test
  void choosingNeedsRowsToChooseBy() {
    DataSection none = new DataSection(null, null, null, List.of(), null, 0, 0);
    assertThat(TrainingRun.choosing(true, none))
        .contains("load_best_model_at_end needs rows to choose by: data.held_out is 0");
    assertThat(TrainingRun.choosing(false, none)).isEmpty();
    assertThat(TrainingRun.choosing(true, DataSection.DEFAULT)).isEmpty();
  }
}
