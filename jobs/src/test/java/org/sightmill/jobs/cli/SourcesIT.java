package org.sightmill.jobs.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Call;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.faultserver.Roleplay;
import org.sightmill.pipeline.official.OfficialTree;

/**
 * All sources of the paper in their official forms, a few records each, through one {@code
 * sightmill build} to the counts of the paper's Table 1: original, pipeline, SFT and RL by source.
 */
final class SourcesIT {
  private static final Path CONFIG = Path.of("../conf/pipeline/sources-paper.yaml");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** What the reasoner answers, by words of the question or of what it is told of the picture. */
  private static final Map<String, String> ANSWERS = new LinkedHashMap<>();

  static {
    ANSWERS.put("Subtract all small red things", "2");
    ANSWERS.put("Add 3 cubes", "6");
    ANSWERS.put("Subtract all cylinders", "1");
    ANSWERS.put("Subtract all balls. Subtract all cubes", "5");
    ANSWERS.put("angle AOB is 80", "B");
    ANSWERS.put("Angle AOB is 80", "B");
    ANSWERS.put("How long is AB", "A");
    ANSWERS.put("y = a * sin(-5 * x)", "\\boxed{y = -5 \\sin(-5x)}");
    ANSWERS.put("y = a * x + b", "\\boxed{y = 2x - 1}");
    ANSWERS.put("A curve goes through", "\\boxed{y = 3x}");
    ANSWERS.put("zero of the function", "\\boxed{x = 4}");
    ANSWERS.put("in the figure show? (1)", "A");
    ANSWERS.put("in the figure show? (6)", "C");
    ANSWERS.put("in the figure show?", "B");
    ANSWERS.put("date mentioned", "1/8/93");
    ANSWERS.put("What is the total", "1,250.50");
    ANSWERS.put("name of the company", "Holland Ltd.");
    ANSWERS.put("What is this?", "cup");
    ANSWERS.put("What colour is it?", "grey");
    ANSWERS.put("How many coins", "3");
    ANSWERS.put("sign be for", "It could mark the way to the harbour.");
    ANSWERS.put("street empty", "It is early in the morning.");
    ANSWERS.put("Who lives here", "A family with a dog.");
    ANSWERS.put("What is sold", "Bread.");
    ANSWERS.put("describes: the disc", "[0.5, 0.5, 0.83, 0.83]");
  }

  @TempDir Path folder;

  @Test
  void buildsThePapersTableFromOfficialFiles() throws IOException {
    Path tree = OfficialTree.layOut(folder.resolve("tree"));
    Behaviour roleplay = new Roleplay();
    try (FaultServer server = FaultServer.start(call -> on(call, roleplay))) {
      Path config = folder.resolve("paper.yaml");
      String yaml = Files.readString(CONFIG).replace("path: ", "path: " + tree + "/");
      Files.writeString(config, yaml + teachers(server.url()));
      String said = build(config);
      assertThat(said).contains("31 rows in").contains("sft   27");
    }
    assertThat(table())
        .containsExactly(
            Map.entry("allava_laion", "5 4 3 1"),
            Map.entry("arxivqa", "11 7 7 0"),
            Map.entry("clevr_math", "5 3 3 0"),
            Map.entry("coco", "3 2 2 0"),
            Map.entry("docvqa", "5 3 3 0"),
            Map.entry("geoqa170k", "5 3 0 3"),
            Map.entry("synthesis", "6 4 4 0"),
            Map.entry("vg", "3 2 2 0"),
            Map.entry("vizwiz", "7 3 3 0"));
    assertThat(reasons("1-collect"))
        .containsExactly(
            Map.entry("ANSWER_DISPUTED", 1L),
            Map.entry("ANSWER_EMPTY", 1L),
            Map.entry("ANSWER_NOT_IN_CHOICES", 1L),
            Map.entry("ANSWER_NOT_MARKED", 3L),
            Map.entry("ANSWER_UNANSWERABLE", 2L),
            Map.entry("BOX_INVALID", 1L),
            Map.entry("CHOICES_INVALID", 1L),
            Map.entry("FIELD_MISSING", 4L),
            Map.entry("IMAGE_MISSING", 2L),
            Map.entry("PARTNER_MISSING", 1L),
            Map.entry("RECORD_UNREADABLE", 1L));
    assertThat(reasons("5-verify")).containsExactly(Map.entry("ANSWER_DIFFERENT", 1L));
  }

  private String build(Path config) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Sightmill.run(
            new PrintWriter(out, true),
            new PrintWriter(err, true),
            "build",
            "--config",
            config.toString(),
            "--root",
            folder.resolve("out").toString(),
            "--set",
            "max_reject_fraction=1");
    assertThat(code).as("%s\n%s", out, err).isZero();
    return out + "\n" + err;
  }

  /** Original, pipeline, SFT and RL rows of each source. */
  private Map<String, String> table() throws IOException {
    Map<String, String> table = new TreeMap<>();
    Map<String, Long> sft = curated("sft");
    Map<String, Long> rl = curated("rl");
    JsonNode read = report("1-collect").path("by_source");
    JsonNode kept = report("5-verify").path("by_source");
    for (Map.Entry<String, JsonNode> source : read.properties()) {
      String name = source.getKey();
      table.put(
          name,
          "%d %d %d %d"
              .formatted(
                  source.getValue().path("read").asLong(),
                  kept.path(name).path("out").asLong(),
                  sft.getOrDefault(name, 0L),
                  rl.getOrDefault(name, 0L)));
    }
    return table;
  }

  private Map<String, Long> curated(String subset) throws IOException {
    Map<String, Long> rows = new TreeMap<>();
    try (SparkSession spark =
        SparkSession.builder()
            .master("local[1]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "1")
            .getOrCreate()) {
      spark
          .read()
          .parquet(folder.resolve("out/run/6-curate").resolve(subset).toString())
          .groupBy("source")
          .count()
          .collectAsList()
          .forEach(row -> rows.put(row.getString(0), row.getLong(1)));
    }
    return rows;
  }

  private Map<String, Long> reasons(String step) throws IOException {
    Map<String, Long> reasons = new TreeMap<>();
    report(step)
        .path("reasons")
        .forEach(
            reason ->
                reasons.merge(
                    reason.path("code").asText(), reason.path("rows").asLong(), Long::sum));
    return reasons;
  }

  private JsonNode report(String step) throws IOException {
    return JSON.readTree(folder.resolve("out/run").resolve(step).resolve("_report.json").toFile());
  }

  private static Action on(Call call, Behaviour roleplay) {
    String model = Chat.request(call).path("model").asText();
    return model.equals("reasoner") ? reason(Chat.userText(call)) : roleplay.on(call);
  }

  /**
   * Looks back on its steps where only RL wants the row, so that curate has both splits to make.
   */
  private static Action reason(String user) {
    for (Map.Entry<String, String> answer : ANSWERS.entrySet()) {
      if (user.contains(answer.getKey())) {
        boolean reflects =
            user.contains("angle AOB")
                || user.contains("Angle AOB")
                || user.contains("How long")
                || user.contains("sign be");
        String thinking =
            (reflects ? "Wait, let me check this again. " : "")
                + "The caption says what is there. So it follows.";
        return Action.json(
            200,
            Chat.answer("<think>\n" + thinking + "\n</think>\n\nAnswer: " + answer.getValue()));
      }
    }
    return Action.json(400, "{\"error\":{\"message\":\"no such question\"}}");
  }

  private static String teachers(String url) {
    StringBuilder yaml = new StringBuilder("\nteachers:\n");
    for (String role : List.of("captioner", "repairer", "reasoner", "rewriter", "judge")) {
      yaml.append(
          "  %s: {provider: openai, model: %s, endpoints: [{url: \"%s\"}]}%n"
              .formatted(role, role, url));
    }
    return yaml.toString();
  }
}
