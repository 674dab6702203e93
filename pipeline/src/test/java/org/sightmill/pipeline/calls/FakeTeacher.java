package org.sightmill.pipeline.calls;

import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.teacher.Receipt;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.Teacher;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;

/**
 * A teacher that replies later and from another thread, and keeps a ledger of what was asked of it.
 * What it does with a row is written in the row's question: {@code fail}, {@code unserved}, {@code
 * empty}, {@code defect}, {@code defect-once}; anything else is answered.
 */
public final class FakeTeacher implements Teacher {
  static final String NAME = "fake";

  private static final Executor LATER = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS);
  private static final ConcurrentLinkedQueue<Client> OPENED = new ConcurrentLinkedQueue<>();
  private static final ConcurrentHashMap<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();

  static void reset() {
    OPENED.clear();
    ASKED.clear();
  }

  static List<Client> opened() {
    return List.copyOf(OPENED);
  }

  static int timesAsked(String sampleId) {
    return ASKED.getOrDefault(sampleId, new AtomicInteger()).get();
  }

  static int callsInAll() {
    return ASKED.values().stream().mapToInt(AtomicInteger::get).sum();
  }

  static TeacherBinding binding(Role role, CallSettings settings) {
    TeacherConfig config = new TeacherConfig(NAME, "m-1", new TreeMap<>());
    return TeacherBinding.of(role, config, Prompts.packaged(), settings);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TeacherClient open(Role role, TeacherConfig config, TeacherContext context) {
    Client client = new Client(config.model());
    OPENED.add(client);
    return client;
  }

  /** The client of one task attempt. */
  static final class Client implements TeacherClient {
    private final String model;
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private volatile boolean broken;
    private volatile boolean closed;

    Client(String model) {
      this.model = model;
    }

    int calls() {
      return calls.get();
    }

    int mostInFlight() {
      return mostInFlight.get();
    }

    boolean broken() {
      return broken;
    }

    boolean closed() {
      return closed;
    }

    @Override
    public CompletionStage<TeacherReply> ask(TeacherRequest request) {
      calls.incrementAndGet();
      mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
      int times =
          ASKED
              .computeIfAbsent(request.row().sampleId(), id -> new AtomicInteger())
              .incrementAndGet();
      return CompletableFuture.supplyAsync(() -> reply(request, times), LATER);
    }

    private TeacherReply reply(TeacherRequest request, int times) {
      inFlight.decrementAndGet();
      String wish = request.row().question();
      if (wish.equals("defect") || (wish.equals("defect-once") && times == 1)) {
        broken = true;
        throw new IllegalArgumentException("planted defect");
      }
      Receipt receipt = new Receipt(model, "here", "r", 10L, 2L, 0.5, 2);
      return switch (wish) {
        case "fail" -> new TeacherReply.Failed("HTTP 400", receipt);
        case "unserved" -> new TeacherReply.Unserved("not for this row");
        case "empty" -> new TeacherReply.Answer(" ", null, receipt);
        default -> new TeacherReply.Answer("seen: " + wish, null, receipt);
      };
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
