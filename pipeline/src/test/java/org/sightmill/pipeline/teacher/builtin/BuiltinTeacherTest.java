package org.sightmill.pipeline.teacher.builtin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.TeacherRow;

final class BuiltinTeacherTest {

  @Test
  void theCaptionerPassesTheContextOn() {
    assertThat(text(Role.CAPTIONER, row("a scene", null, null, null))).isEqualTo("a scene");
    assertThat(unserved(Role.CAPTIONER, row(null, null, null, null)))
        .contains("neither caption nor context");
  }

  @Test
  void theReasonerAnswersWhatTheRationaleConcludesNotTheGold() {
    assertThat(text(Role.REASONER, row(null, "Two and two. The answer is 5.", null, "4")))
        .isEqualTo("<think>\nTwo and two. The answer is 5.\n</think>\n\n5");
    assertThat(unserved(Role.REASONER, row("a scene", null, null, "4")))
        .isEqualTo("the builtin reasoner repeats rationales, and the source brings none");
  }

  @Test
  void theRewriterSpeaksOfTheImage() {
    assertThat(text(Role.REWRITER, row(null, null, "The caption shows two.", null)))
        .isEqualTo("The image shows two.");
  }

  @Test
  void theJudgeComparesOpenAnswersByTheirText() {
    assertThat(text(Role.JUDGE, row(null, null, "The red ball!", "a red ball")))
        .startsWith("yes: text similarity 1.000");
    assertThat(text(Role.JUDGE, row(null, null, "nothing", "a red ball"))).startsWith("no: ");
  }

  @Test
  void theJudgesThresholdIsAnOption() {
    TeacherRow row = row(null, null, "a red wall", "a red ball");
    assertThat(text(Role.JUDGE, row)).startsWith("no");
    TeacherConfig lax = config(Map.of("similarity_threshold", "0.5"));
    assertThat(((TeacherReply.Answer) reply(Role.JUDGE, lax, row)).text()).startsWith("yes");
  }

  @Test
  void theScorerGivesANumber() {
    assertThat(text(Role.SCORER, row(null, null, "a red ball", "the red ball")))
        .isEqualTo("1.000000");
    assertThat(text(Role.SCORER, row(null, null, "a red wall", "a red ball")))
        .isEqualTo("0.875000");
  }

  @Test
  void rejectsOptionsThatItDoesNotKnow() {
    assertThatThrownBy(() -> open(Role.JUDGE, config(Map.of("threshold", "0.5"))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "options: the builtin teacher does not know [threshold], only [similarity_threshold]");
  }

  @Test
  void rejectsAThresholdThatIsNoFraction() {
    assertThatThrownBy(() -> open(Role.JUDGE, config(Map.of("similarity_threshold", "90"))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("options.similarity_threshold must be in [0, 1] but was 90.0");
    assertThatThrownBy(() -> open(Role.JUDGE, config(Map.of("similarity_threshold", "high"))))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("options.similarity_threshold must be a number but was 'high'");
  }

  private static String text(Role role, TeacherRow row) {
    return ((TeacherReply.Answer) reply(role, TeacherConfig.builtin(), row)).text();
  }

  private static String unserved(Role role, TeacherRow row) {
    return ((TeacherReply.Unserved) reply(role, TeacherConfig.builtin(), row)).why();
  }

  private static TeacherReply reply(Role role, TeacherConfig config, TeacherRow row) {
    try (TeacherClient client = open(role, config)) {
      TeacherRequest request = new TeacherRequest(role, "system", "user", "hash", row);
      return client.ask(request).toCompletableFuture().join();
    }
  }

  private static TeacherClient open(Role role, TeacherConfig config) {
    return new BuiltinTeacher().open(role, config, TeacherContext.standalone("run"));
  }

  private static TeacherConfig config(Map<String, String> options) {
    return new TeacherConfig(TeacherConfig.BUILTIN, null, new TreeMap<>(options));
  }

  private static TeacherRow row(String context, String rationale, String response, String gold) {
    return new TeacherRow(
        "s-1",
        "test",
        null,
        null,
        "What?",
        null,
        AnswerType.OPEN,
        null,
        context,
        rationale,
        response,
        gold);
  }
}
