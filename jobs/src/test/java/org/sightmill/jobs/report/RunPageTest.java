package org.sightmill.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.RunStore;

class RunPageTest {
  @TempDir private Path folder;

  private String page(ReportSources sources) throws IOException {
    Configuration hadoop = new Configuration();
    Path file = folder.resolve("report.html");
    new RunPage(new RunStore(new RunLayout(folder.toString(), "r"), hadoop), hadoop)
        .write(new org.apache.hadoop.fs.Path(file.toUri()), sources);
    return Files.readString(file);
  }

  private static JsonNode data(String page) throws IOException {
    int from = page.indexOf("id=\"data\">") + "id=\"data\">".length();
    return new ObjectMapper().readTree(page.substring(from, page.indexOf("</script>", from)));
  }

  private TrainingRun training(int steps) throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int step = 1; step <= steps; step++) {
      lines.append("{\"step\":%d,\"reward\":%d,\"kl\":null}%n".formatted(step, step % 2));
    }
    Files.writeString(folder.resolve("metrics.jsonl"), lines);
    return new TrainingRun("</script><b>", new org.apache.hadoop.fs.Path(folder.toUri()));
  }

  @Test
  void anEmptyRunSaysWhatIsMissingAndHowToMakeIt() throws IOException {
    JsonNode data = data(page(new ReportSources(List.of(), List.of())));
    assertThat(data.path("missing").findValuesAsText("what"))
        .containsExactly("The six steps", "Training", "Benchmarks", "Comparison of arms");
    assertThat(data.path("missing").get(0).path("command").asText()).isEqualTo("sightmill build");
  }

  @Test
  void holdsEverythingItNeedsAndNoTextCanEndItsScript() throws IOException {
    String page = page(new ReportSources(List.of(training(3)), List.of()));
    assertThat(page).doesNotContain("@@").doesNotContain("sourceMappingURL");
    assertThat(page).doesNotContainPattern("(src|href)=\"https?:");
    assertThat(page).contains("Chart.js v4.5.1");
    assertThat(data(page).path("training").get(0).path("name").asText()).isEqualTo("</script><b>");
    assertThat(data(page).path("training").get(0).path("points").get(0).has("kl")).isFalse();
  }

  @Test
  void thinsLongCurvesToMeans() throws IOException {
    JsonNode points =
        data(page(new ReportSources(List.of(training(1_000)), List.of()))).at("/training/0/points");
    assertThat(points).hasSizeBetween(300, 400);
    assertThat(points.get(0).path("step").asDouble()).isEqualTo(2);
    assertThat(points.get(0).path("reward").asDouble()).isEqualTo(2 / 3.0);
  }

  @Test
  void addsUpWhatTrainingTookAndNamesTheChosenStep() throws IOException {
    TrainingRun run = training(1);
    Files.writeString(
        folder.resolve("metrics.jsonl"),
        """
        {"step":1,"num_tokens":100,"step_time":2.5}
        {"step":2,"num_tokens":250,"step_time":1.5}
        """);
    Files.writeString(folder.resolve("chosen.json"), "{\"step\":1,\"steps\":2}");
    Files.writeString(folder.resolve("devices.json"), "{\"devices\":3}");
    JsonNode totals =
        data(page(new ReportSources(List.of(run), List.of()))).at("/training/0/totals");
    assertThat(totals.path("steps").asInt()).isEqualTo(2);
    assertThat(totals.path("tokens").asInt()).isEqualTo(250);
    assertThat(totals.path("device_seconds").asDouble()).isEqualTo(12);
    assertThat(totals.path("chosen_step").asInt()).isEqualTo(1);
  }

  @Test
  void findsRunLogsAndShowsTheBestAndTheWorstCompletions() throws IOException {
    Path run = folder.resolve("r/grpo");
    Files.createDirectories(run.resolve("completions"));
    Files.writeString(run.resolve("metrics.jsonl"), "{\"step\":1,\"reward\":0.5}\n");
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      lines.append(
          "{\"step\":1,\"completion\":\"Wait, %d\",\"reward\":%s}%n".formatted(i, i / 10.0));
    }
    Files.writeString(run.resolve("completions/step-1.jsonl"), lines);
    Configuration hadoop = new Configuration();
    JsonNode data =
        data(
            page(
                ReportSources.within(
                    new org.apache.hadoop.fs.Path(folder.resolve("r").toUri()), hadoop)));
    assertThat(data.at("/training/0/name").asText()).isEqualTo("grpo");
    assertThat(data.at("/rollouts/0/best").findValuesAsText("completion"))
        .containsExactly("Wait, 9", "Wait, 8", "Wait, 7");
    assertThat(data.at("/rollouts/0/worst").findValuesAsText("completion"))
        .containsExactly("Wait, 0", "Wait, 1", "Wait, 2");
    assertThat(data.at("/cues/0/columns/0").asText()).isEqualTo("wait");
    assertThat(data.at("/cues/0/values/0/0").asInt()).isEqualTo(10);
  }
}
