package org.sightmill.jobs.cli;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.jobs.config.RunConfig;
import org.sightmill.pipeline.PipelineReport;
import org.sightmill.pipeline.StepOutcome;
import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.step.ReasonCount;
import org.sightmill.pipeline.step.StepReport;

/** The last words of a build: what came out, which roles were missing, where things lie. */
final class Conclusion {
  private final Console console;

  Conclusion(Console console) {
    this.console = console;
  }

  void print(PipelineReport report, RunConfig config) {
    report.outcomes().forEach(this::unserved);
    StepReport last = report.outcomes().get(report.outcomes().size() - 1).report();
    String folder = config.root() + "/" + config.runId();
    console.out().printf("%,d rows in %s/%s%n", last.counts().out(), folder, last.step().folder());
    last.subsets().forEach((name, rows) -> console.out().printf("  %-5s %,d%n", name, rows));
  }

  /** A role that nobody plays is the first thing to configure next. */
  private void unserved(StepOutcome outcome) {
    SortedMap<String, Long> rows = new TreeMap<>();
    List<ReasonCount> reasons = outcome.report().reasons();
    for (ReasonCount reason : reasons) {
      if (reason.rejectClass() == RejectClass.UNSERVED) {
        rows.merge(role(reason), reason.rows(), Long::sum);
      }
    }
    rows.forEach(
        (role, count) ->
            console
                .out()
                .printf(
                    "%,d rows found no %s: configure teachers.%s to serve them%n",
                    count, role, role));
  }

  private static String role(ReasonCount reason) {
    return reason.code().code().replace("_UNSERVED", "").toLowerCase(java.util.Locale.ROOT);
  }
}
