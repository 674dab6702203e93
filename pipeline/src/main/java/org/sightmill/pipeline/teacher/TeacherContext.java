package org.sightmill.pipeline.teacher;

import org.apache.hadoop.conf.Configuration;
import org.sightmill.pipeline.teacher.log.ResponseLog;
import org.sightmill.pipeline.teacher.spend.Spending;

/**
 * What a client finds around it on its executor. Made there for each task: not sent anywhere.
 *
 * @param runFolder the Hadoop URI that {@link TeacherRow#imagePath} is relative to
 * @param step the label of the step that calls, for the log
 * @param log where replies are looked for and kept
 * @param spending what grants calls, by the limits of this role
 * @param meter told of what happens while it happens
 * @param hadoop opens the run's folder
 */
public record TeacherContext(
    String runFolder,
    String step,
    ResponseLog log,
    Spending spending,
    CallMeter meter,
    Configuration hadoop) {

  /** A context that nobody watches, with the Hadoop settings of the class path. */
  public TeacherContext(String runFolder, String step, ResponseLog log, Spending spending) {
    this(runFolder, step, log, spending, CallMeter.NONE, new Configuration());
  }

  /** Alone in the world: a log in memory, and no limits. */
  public static TeacherContext standalone(String runFolder) {
    return new TeacherContext(runFolder, "none", ResponseLog.inMemory(), Spending.unlimited());
  }
}
