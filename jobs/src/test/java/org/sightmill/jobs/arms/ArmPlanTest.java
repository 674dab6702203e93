package org.sightmill.jobs.arms;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.jobs.config.ArmSection;
import org.sightmill.jobs.config.CompareConfig;
import org.sightmill.jobs.config.DecodingSection;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.config.SftConfig;
import org.sightmill.jobs.eval.ArmSpec;
import org.sightmill.trainer.eval.PromptStyle;

class ArmPlanTest {
  private static final String MODEL = Path.of("../conf/models/tiny").toAbsolutePath().toString();

  @TempDir private Path root;

  private final List<String> problems = new ArrayList<>();

  private String file(String name, String yaml) throws IOException {
    return Files.writeString(root.resolve(name), yaml).toString();
  }

  private String sft() throws IOException {
    return file("sft.yaml", "model: {path: %s}%ndata: {held_out: 5}%n".formatted(MODEL));
  }

  private String grpo() throws IOException {
    return file("grpo.yaml", "model: {path: %s}%ndata: {held_out: 5}%n".formatted(MODEL));
  }

  private ArmPlan plan(List<Long> seeds, ArmSection... arms) {
    return ArmPlan.of(
        new CompareConfig(
            root.toString(),
            "r",
            null,
            seeds,
            List.of("generic=x.tsv"),
            List.of(),
            DecodingSection.DEFAULT,
            new TreeMap<>(),
            new TreeMap<>(Map.of("run.eval_steps", "3")),
            List.of(arms)),
        Optional.empty(),
        problems);
  }

  private static ArmSection taken(String name) {
    return new ArmSection(name, MODEL, null, null, null, new TreeMap<>());
  }

  private ArmSection aha() throws IOException {
    TreeMap<String, String> set = new TreeMap<>(Map.of("data.path", "{run}/6-curate/aha"));
    return new ArmSection("aha", null, sft(), null, null, set);
  }

  private ArmSection behind(String from) throws IOException {
    return new ArmSection("aha-grpo", null, null, grpo(), from, new TreeMap<>());
  }

  @Test
  void everyTrainedArmHasARunForEachSeedAndStartsFromTheOneOfItsOwn() throws IOException {
    ArmPlan plan = plan(List.of(7L, 8L), taken("base@native"), aha(), behind("aha"));
    assertThat(problems).isEmpty();
    List<ArmSpec> specs = plan.specs();
    assertThat(specs)
        .extracting(ArmSpec::name)
        .containsExactly("base@native", "aha", "aha", "aha-grpo", "aha-grpo");
    assertThat(specs.get(0).style()).isEqualTo(PromptStyle.NATIVE);
    assertThat(specs.get(4).model()).contains(root + "/r/train/aha-grpo-2/model");
    GrpoConfig second = (GrpoConfig) plan.runs("aha-grpo").get(1).config();
    assertThat(second.model().path()).isEqualTo(root + "/r/train/aha-2/model");
    assertThat(second.run().seed()).isEqualTo(8);
    assertThat(second.run().evalSteps()).isEqualTo(3);
    assertThat(second.loadBestModelAtEnd()).isTrue();
  }

  @Test
  void sftLeavesOutWhatTheRlBehindItSees() throws IOException {
    ArmPlan plan = plan(List.of(), taken("base"), aha(), behind("aha"));
    SftConfig before = (SftConfig) plan.runs("aha").get(0).config();
    assertThat(before.data().path()).isEqualTo(root + "/r/6-curate/aha");
    assertThat(before.data().without()).isEqualTo(root + "/r/6-curate/rl");
    ArmPlan alone = plan(List.of(), taken("base"), aha());
    assertThat(((SftConfig) alone.runs("aha").get(0).config()).data().without()).isNull();
  }

  @Test
  void anArmThatWasTrainedOtherwiseIsNotTaken() throws IOException {
    Path record = root.resolve("r/train/aha/_run");
    Files.createDirectories(record);
    Files.writeString(record.resolve("config.yaml"), "arm: aha\n");
    plan(List.of(), taken("base"), aha());
    assertThat(problems)
        .containsExactly(
            "arm aha was trained under another configuration, which is in %s/r/train/aha/_run: name it otherwise, or delete that folder"
                .formatted(root));
  }

  @Test
  void showsWhatItWouldTrainAndCountsAStoppedTrainingAsNone() throws IOException {
    ArmPlan plan = plan(List.of(), taken("base"), aha());
    Path model = root.resolve("r/train/aha/model");
    Files.createDirectories(model);
    Files.writeString(model.resolve("config.json"), "{}");
    assertThat(described(plan)).contains("arm base: taken", "arm aha: trained already");
    Path record = root.resolve("r/train/aha/_run");
    Files.createDirectories(record);
    Files.writeString(record.resolve("status.json"), "{\"state\":\"running\"}");
    assertThat(described(plan)).contains("arm aha: to train by");
  }

  private static String described(ArmPlan plan) {
    StringWriter text = new StringWriter();
    plan.describe(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void namesTheFileThatIsWrong() throws IOException {
    String wrong = file("wrong.yaml", "model: {path: %s}%nrun: {max_step: 1}%n".formatted(MODEL));
    plan(List.of(), taken("base"), new ArmSection("a", null, wrong, null, null, new TreeMap<>()));
    assertThat(problems)
        .containsExactly(
            "arm a: %s:2: run.max_step is not a key here, did you mean 'max_steps'?"
                .formatted(wrong));
  }
}
