package org.sightmill.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.reject.RejectReason;

final class StepValuesTest {

  @Test
  void countsThatDoNotAddUpAreRefused() {
    assertThatThrownBy(() -> new Counts(10, 1, 8, 1, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "counts do not add up: read 10 + expanded 1 != out 8 + rejected 1 + unselected 1");
  }

  @Test
  void aReportWhoseReasonsDoNotSumIsRefused() {
    assertThatThrownBy(
            () ->
                new StepReport(
                    StepName.VERIFY,
                    1,
                    "f",
                    new TreeMap<>(),
                    new Counts(3, 0, 1, 2, 0),
                    new TreeMap<>(Map.of("s", new Counts(3, 0, 1, 2, 0))),
                    List.of(
                        new ReasonCount(
                            RejectReason.ANSWER_DIFFERENT, RejectClass.FILTERED, "s", 1)),
                    new TreeMap<>(),
                    List.of(),
                    new TreeMap<>(),
                    "2026-01-01T00:00:00Z",
                    1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "report of verify: reasons sum to 1 rows, but 2 were rejected and 0 unselected");
  }

  @Test
  void runIdsAreMadeSafeForEveryFileSystem() {
    assertThat(RunLayout.sanitised("manual__2026-11-22T10:00:00+00:00"))
        .isEqualTo("manual__2026-11-22T10-00-00-00-00");
    assertThat(RunLayout.sanitised("../x")).isEqualTo("-x");
    assertThatThrownBy(() -> new RunLayout("/data", "a:b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("run id 'a:b' may hold letters, digits, '.', '_' and '-' only");
  }

  @Test
  void stepsKnowTheirFoldersAndTheirOrder() {
    assertThat(StepName.COLLECT.folder()).isEqualTo("1-collect");
    assertThat(StepName.CURATE.folder()).isEqualTo("6-curate");
    assertThat(StepName.CURATE.previous()).contains(StepName.VERIFY);
    assertThat(StepName.COLLECT.previous()).isEmpty();
    assertThat(StepName.fromLabel("distill")).contains(StepName.DISTILL);
    assertThat(StepName.fromLabel("Distill")).isEmpty();
  }
}
