package org.sightmill.pipeline.teacher.openai;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Looks at all open calls of the JVM now and then, which is cheaper than a timer for each. */
final class Watchdog {
  private static final Duration PERIOD = Duration.ofMillis(50);

  private final Set<OpenCall> open = ConcurrentHashMap.newKeySet();

  Watchdog(CallTimer timer) {
    timer.every(PERIOD, this::look);
  }

  void watch(OpenCall call) {
    open.add(call);
    if (call.answer().isDone()) {
      open.remove(call);
    }
  }

  void forget(OpenCall call) {
    open.remove(call);
  }

  private void look() {
    long now = System.nanoTime();
    open.forEach(call -> call.check(now));
  }
}
