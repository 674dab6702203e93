package org.sightmill.jobs.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.sightmill.jobs.provenance.BuildInfo;
import org.sightmill.pipeline.curate.CurateConfig;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * A run as one page that needs no network: the six steps, samples, training, benchmarks. Counts
 * come from the steps' reports and rows are only sampled, so that its cost hardly grows with the
 * data.
 */
public final class RunPage {
  /** The page in a run's folder. */
  public static final String PAGE = "report.html";

  private final RunStore store;
  private final Configuration hadoop;
  private final RunSummary summary;
  private final List<Map<String, String>> missing = new ArrayList<>();

  /** A page over a run. */
  public RunPage(RunStore store, Configuration hadoop) {
    this.store = store;
    this.hadoop = hadoop;
    this.summary = RunSummary.read(store);
  }

  /**
   * Writes the page with what lies in the run's folder and what is given besides.
   *
   * @param output the file; null for {@value #PAGE} in the run's folder
   * @return where it lies
   */
  public String writeTo(String output, ReportSources given) {
    Path folder = store.layout().folder();
    Path page = output == null ? new Path(folder, PAGE) : new Path(output);
    write(page, ReportSources.within(folder, hadoop).and(given));
    return "file".equals(page.toUri().getScheme()) ? page.toUri().getPath() : page.toString();
  }

  /** Writes the page. */
  public void write(Path file, ReportSources sources) {
    try {
      String page = PageTemplate.fill(Json.MAPPER.writeValueAsString(data(sources)));
      try (OutputStream out = file.getFileSystem(hadoop).create(file)) {
        out.write(page.getBytes(StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot make the report " + file, e);
    }
  }

  private Map<String, Object> data(ReportSources sources) throws IOException {
    Map<String, Object> data = new LinkedHashMap<>();
    data.put("title", "Run " + summary.runId());
    data.put("place", store.layout().folder().toString());
    data.put("version", BuildInfo.read().version());
    data.put("cue_words", CurateConfig.DEFAULT_CUES);
    steps(data);
    training(data, sources.training());
    evaluations(data, sources.evaluations());
    data.put("missing", missing);
    return data;
  }

  private void steps(Map<String, Object> data) throws IOException {
    Optional<StepReport> last = summary.last();
    if (last.isEmpty()) {
      missing("The six steps", "no step has committed here.", "sightmill build");
      return;
    }
    data.put("funnel", FunnelSection.of(summary));
    data.put("cost", FunnelSection.cost(summary));
    CardSection cards = new CardSection(store.layout(), hadoop);
    data.put("samples", cards.samples(last.get()));
    data.put("rejects", cards.rejects(summary));
    Optional<StepReport> curate = summary.step(StepName.CURATE);
    if (curate.isPresent()) {
      data.put("cues", CueSection.ofData(store.layout(), curate.get(), hadoop));
    } else {
      missing("Self-reflection cues", "step curate has not committed.", "sightmill curate");
    }
  }

  private void training(Map<String, Object> data, List<TrainingRun> runs) throws IOException {
    if (runs.isEmpty()) {
      missing(
          "Training",
          "no run log was given or found in the run's folder.",
          "sightmill report --training NAME=FOLDER");
      return;
    }
    List<Object> curves = new ArrayList<>();
    List<Object> extremes = new ArrayList<>();
    Map<String, Map<String, Long>> cues = new TreeMap<>();
    for (TrainingRun run : runs) {
      curves.add(run.curves(hadoop));
      RolloutSection rollouts = RolloutSection.of(run, hadoop);
      if (!rollouts.isEmpty()) {
        extremes.add(rollouts.extremes(run.name()));
        cues.put(run.name(), rollouts.cues());
      }
    }
    data.put("training", curves);
    addRollouts(data, extremes, cues);
  }

  private void addRollouts(
      Map<String, Object> data, List<Object> extremes, Map<String, Map<String, Long>> cues) {
    if (extremes.isEmpty()) {
      missing("Rollouts", "the training runs kept none.", null);
      return;
    }
    data.put("rollouts", extremes);
    List<Object> maps = new ArrayList<>();
    if (data.get("cues") instanceof List<?> before) {
      maps.addAll(before);
    }
    maps.addAll(CueSection.heatMap("Completions with a cue, by training run", "run", cues));
    data.put("cues", maps);
  }

  private void evaluations(Map<String, Object> data, List<Path> folders) throws IOException {
    List<JsonNode> arms = new ArrayList<>();
    for (Path folder : folders) {
      for (Path arm : ReportSources.children(folder, hadoop)) {
        ReportSources.json(new Path(arm, "evaluation.json"), hadoop).ifPresent(arms::add);
      }
      Optional<JsonNode> comparison =
          ReportSources.json(new Path(folder, "comparison.json"), hadoop);
      comparison.ifPresent(node -> data.put("comparison", node));
    }
    if (arms.isEmpty()) {
      missing(
          "Benchmarks",
          "no evaluation was given or found in the run's evaluate folder.",
          "sightmill evaluate --model DIR --benchmark NAME=TSV");
    } else {
      data.put("evaluations", arms);
    }
    if (!data.containsKey("comparison")) {
      missing(
          "Comparison of arms",
          "no comparison was given or found.",
          "sightmill compare --arm base=DIR --arm grpo=DIR --benchmark NAME=TSV");
    }
  }

  private void missing(String what, String why, String command) {
    Map<String, String> line = new LinkedHashMap<>();
    line.put("what", what);
    line.put("why", why);
    line.put("command", command);
    missing.add(line);
  }
}
