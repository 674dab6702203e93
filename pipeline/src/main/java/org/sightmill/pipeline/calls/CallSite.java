package org.sightmill.pipeline.calls;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.pipeline.teacher.CallMeter;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.log.ResponseLog;
import org.sightmill.pipeline.teacher.log.ResponseLogs;
import org.sightmill.pipeline.teacher.spend.Refusal;
import org.sightmill.pipeline.teacher.spend.Spending;

/**
 * Where a step calls from; sent to executors, which make a teacher's surroundings out of it.
 *
 * @param runFolder Hadoop URI of the run
 * @param responsesFolder Hadoop URI of the response log
 * @param step the step's label
 * @param retaken for each row that is taken up again, from when on replies count
 * @param hadoop the driver's settings
 * @param meter told of what happens
 */
record CallSite(
    String runFolder,
    String responsesFolder,
    String step,
    Map<String, Long> retaken,
    SerializableConfiguration hadoop,
    CallMeter meter)
    implements Serializable {

  TeacherContext context(TeacherBinding teacher) {
    ResponseLog log = ResponseLogs.shared(responsesFolder, hadoop.value());
    return new TeacherContext(
        runFolder,
        step,
        retaken.isEmpty() ? log : new RetakingLog(log, retaken),
        spending(teacher),
        meter,
        hadoop.value());
  }

  private Spending spending(TeacherBinding teacher) {
    if (teacher.settings().mode() == CallMode.OFFLINE) {
      return Spending.refusing(Refusal.OFFLINE, "the response log does not hold this answer");
    }
    Optional<Purses> purses = CallsExecutor.purses();
    if (purses.isEmpty()) {
      return unlimited(teacher);
    }
    return purses
        .get()
        .of(
            runFolder,
            teacher.role().label(),
            hasCap(teacher),
            !teacher.config().rates().areUnlimited());
  }

  /** Tells the driver what this executor's calls have cost so far: a task ends. */
  void report(TeacherBinding teacher) {
    if (spending(teacher) instanceof Purse purse) {
      CallsExecutor.purses().ifPresent(purses -> purses.tell(purse));
    }
  }

  static boolean hasCap(TeacherBinding teacher) {
    return teacher.config().budgetUsd() != null || teacher.settings().budgetUsd() != null;
  }

  private static Spending unlimited(TeacherBinding teacher) {
    if (hasCap(teacher) || !teacher.config().rates().areUnlimited()) {
      throw new IllegalStateException(
          "limits need the session to be opened with " + CallsPlugin.SETTING);
    }
    return Spending.unlimited();
  }
}
