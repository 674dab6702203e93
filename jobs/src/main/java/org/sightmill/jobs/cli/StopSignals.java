package org.sightmill.jobs.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sightmill.pipeline.calls.CallDesk;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns the first SIGTERM or SIGINT into a graceful stop: no further call starts, those in flight
 * are kept, and the command ends with its own exit code. The second one ends the process as usual.
 * Where no calls can be stopped, as in a command without a session, the first one does.
 */
final class StopSignals implements AutoCloseable {
  private final Console console;
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();

  private StopSignals(Console console) {
    this.console = console;
  }

  /** Listens until closed. */
  static StopSignals listen(Console console) {
    StopSignals signals = new StopSignals(console);
    for (String name : new String[] {"TERM", "INT"}) {
      signals.add(new Signal(name));
    }
    return signals;
  }

  private void add(Signal signal) {
    try {
      before.put(signal, Signal.handle(signal, this::received));
    } catch (IllegalArgumentException e) {
      // The JVM was started with -Xrs: signals end it at once.
      console.err().printf("SIG%s will end this process at once: %s%n", signal, e.getMessage());
    }
  }

  private void received(Signal signal) {
    // What was there before is there again, for the next one.
    close();
    CallDesk desk = CallDesk.installed().orElse(null);
    if (desk == null) {
      Signal.raise(signal);
      return;
    }
    console
        .err()
        .printf(
            "SIG%s: no further call starts; those in flight are kept. Once more ends at once.%n",
            signal.getName());
    desk.stop("it was asked to by SIG" + signal.getName());
  }

  @Override
  public void close() {
    before.forEach(Signal::handle);
  }
}
