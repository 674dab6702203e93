package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.pipeline.calls.CallDesk;
import org.sightmill.pipeline.calls.Retakes;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.StepName;
import picocli.CommandLine.Option;

/** The options of every command that may call teachers. */
final class CallOptions {
  @Option(
      names = "--offline",
      description = {
        "serve answers from the response log alone;",
        "rows without one there are rejected (RESPONSE_NOT_LOGGED)"
      })
  private boolean offline;

  @Option(
      names = "--yes",
      description = "agree to what a step will cost; needed where nobody can be asked")
  private boolean yes;

  @Option(
      names = "--retry-rejected",
      paramLabel = "CODE",
      description = {
        "ask again about the rows that were rejected for this reason, such as TEACHER_FAILED;",
        "all other rows are served from the response log"
      })
  private RejectReason retryRejected;

  /** What was said of the configuration, here and there. */
  ConfigRequest request(ConfigOptions options) {
    ConfigRequest request = options.request();
    if (!offline) {
      return request;
    }
    List<String> sets = new ArrayList<>(request.sets());
    sets.add("calls.mode=offline");
    return new ConfigRequest(request.file(), sets, request.arguments());
  }

  /** Has costs agreed to, and takes up rows again. */
  void prepare(OpenRun run, Console console) {
    CallDesk.installed()
        .ifPresent(desk -> desk.askBeforeSpending(new ConsoleGate(console, consent())));
    if (retryRejected != null) {
      takeUp(run, console);
    }
  }

  private ConsoleGate.Consent consent() {
    return yes ? ConsoleGate.Consent.GIVEN : ConsoleGate.Consent.TO_ASK;
  }

  private void takeUp(OpenRun run, Console console) {
    SortedMap<StepName, Long> taken = Retakes.take(run.spark(), run.store(), retryRejected);
    if (taken.isEmpty()) {
      throw new InvalidConfigException(
          List.of(
              "--retry-rejected: no committed step of run '%s' has rows rejected for %s; 'sightmill inspect' lists the reasons"
                  .formatted(run.config().runId(), retryRejected.code())));
    }
    taken.forEach(
        (step, rows) ->
            console.err().printf("%s: %,d rows are taken up again%n", step.label(), rows));
  }
}
