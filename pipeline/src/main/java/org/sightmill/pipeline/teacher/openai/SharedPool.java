package org.sightmill.pipeline.teacher.openai;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.Timeouts;

/**
 * A pool with what is being asked through it, shared by the tasks of an executor that call the same
 * endpoints. It outlives its last client for a while, so that the next task need not learn anew.
 */
final class SharedPool {
  private static final Duration LINGER = Duration.ofMinutes(1);

  private static final CallTimer TIMER = new CallTimer();
  private static final Watchdog WATCHDOG = new Watchdog(TIMER);
  private static final Map<Identity, SharedPool> OPEN = new HashMap<>();

  private final Identity identity;
  private final EndpointPool pool;
  private final ConcurrentMap<String, Asking> askings = new ConcurrentHashMap<>();

  /** Guarded by {@link #OPEN}. */
  private int clients;

  private SharedPool(Identity identity) {
    this.identity = identity;
    List<Endpoint> endpoints =
        identity.endpoints().stream()
            .map(
                endpoint ->
                    new Endpoint(endpoint, ApiKey.of(endpoint, System::getenv).orElse(null)))
            .toList();
    this.pool =
        new EndpointPool(endpoints, new HttpTransport(identity.timeouts(), WATCHDOG), TIMER);
  }

  private record Identity(List<EndpointConfig> endpoints, Timeouts timeouts) {}

  /** The pool for this configuration, until it is released as often as it was opened. */
  static SharedPool open(TeacherConfig config) {
    Timeouts timeouts = config.timeouts() == null ? Timeouts.STANDARD : config.timeouts();
    synchronized (OPEN) {
      SharedPool shared =
          OPEN.computeIfAbsent(new Identity(config.endpoints(), timeouts), SharedPool::new);
      shared.clients++;
      return shared;
    }
  }

  void release() {
    synchronized (OPEN) {
      clients--;
    }
    TIMER.after(LINGER, this::removeIfIdle);
  }

  private void removeIfIdle() {
    synchronized (OPEN) {
      if (clients == 0) {
        OPEN.remove(identity, this);
      }
    }
  }

  static CallTimer timer() {
    return TIMER;
  }

  EndpointPool pool() {
    return pool;
  }

  /** What is being asked now, by the request's hash: equal requests share one call. */
  ConcurrentMap<String, Asking> askings() {
    return askings;
  }
}
