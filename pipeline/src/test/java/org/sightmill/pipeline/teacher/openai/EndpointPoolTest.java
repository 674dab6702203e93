package org.sightmill.pipeline.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.Retries;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.log.LoggedReply;
import org.sightmill.pipeline.teacher.log.ResponseLog;
import org.sightmill.pipeline.teacher.spend.Spending;

/** What several endpoints do for many rows. */
final class EndpointPoolTest {
  private static final Action ANSWER = Action.json(200, Chat.answer("fine"));
  private static final Behaviour GOOD = call -> ANSWER.after(5);
  private static final Retries PATIENT = new Retries(8, 0.02, 0.2, 30.0);

  @Test
  void sharesFollowTheWeights() throws Exception {
    try (FaultServer light = FaultServer.start(call -> ANSWER.after(20));
        FaultServer heavy = FaultServer.start(call -> ANSWER.after(20))) {
      TeacherConfig config =
          Asked.config(
              List.of(
                  new EndpointConfig(light.url(), 1.0, null, null, null),
                  new EndpointConfig(heavy.url(), 3.0, null, null, null)),
              PATIENT);
      // Fewer than both would take: where all are full, each gives what it has.
      for (int round = 0; round < 10; round++) {
        askAll(config, 16);
      }
      double share = heavy.ledger().calls() / 160.0;
      assertThat(share).isBetween(0.65, 0.85);
    }
  }

  @Test
  void anEndpointIsGivenNoMoreThanItMayHave() throws Exception {
    try (FaultServer server = FaultServer.start(GOOD)) {
      EndpointConfig narrow = new EndpointConfig(server.url(), 1.0, 3, null, null);
      askAll(Asked.config(List.of(narrow), PATIENT), 100);
      assertThat(server.ledger().mostInFlight()).isEqualTo(3);
    }
  }

  @Test
  void noRowFailsWhenOneOfThreeDiesAndItIsTakenBackWhenItReturns() throws Exception {
    FaultServer dying = FaultServer.start(GOOD);
    try (FaultServer first = FaultServer.start(GOOD);
        FaultServer second = FaultServer.start(GOOD)) {
      TeacherConfig config =
          Asked.config(
              List.of(
                  EndpointConfig.of(first.url()),
                  EndpointConfig.of(second.url()),
                  EndpointConfig.of(dying.url())),
              PATIENT);
      askAll(config, 300);
      dying.close();
      askAll(config, 600);
      try (FaultServer back = FaultServer.start(dying.port(), GOOD)) {
        Thread.sleep(2_500);
        askAll(config, 900);
        assertThat(back.ledger().calls()).isGreaterThan(10);
      }
    }
  }

  /** Latency decides, not the machine: three servers that take 100 ms and 30 calls in flight. */
  @Test
  void twoThirdsOfTheThroughputAreBackWithinFiveSecondsOfADeath() throws Exception {
    Behaviour slow = call -> ANSWER.after(100);
    FaultServer dying = FaultServer.start(slow);
    try (FaultServer first = FaultServer.start(slow);
        FaultServer second = FaultServer.start(slow);
        TeacherClient client = open(three(first, second, dying), ResponseLog.inMemory())) {
      SteadyAsking asking = new SteadyAsking(client, 30);
      Thread.sleep(2_000);
      double before = asking.answersInASecond();
      dying.close();
      double best = 0;
      for (int i = 0; i < 5; i++) {
        best = Math.max(best, asking.answersInASecond());
      }
      asking.end();
      assertThat(best).isGreaterThanOrEqualTo(before * 2 / 3);
      assertThat(asking.others()).as("replies other than answers").isZero();
    }
  }

  private static TeacherConfig three(FaultServer... servers) {
    return Asked.config(
        List.of(servers).stream().map(server -> EndpointConfig.of(server.url())).toList(), PATIENT);
  }

  /** Keeps so many calls in flight until it is ended. */
  private static final class SteadyAsking {
    private final TeacherClient client;
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger answers = new AtomicInteger();
    private final AtomicInteger others = new AtomicInteger();
    private final Semaphore open;
    private final int inFlight;
    private volatile boolean ended;

    SteadyAsking(TeacherClient client, int inFlight) {
      this.client = client;
      this.inFlight = inFlight;
      this.open = new Semaphore(0);
      for (int i = 0; i < inFlight; i++) {
        askNext();
      }
    }

    private void askNext() {
      client
          .ask(Asked.request(Role.REASONER, "steady " + number.incrementAndGet()))
          .whenComplete(
              (reply, error) -> {
                boolean answered = error == null && reply instanceof TeacherReply.Answer;
                (answered ? answers : others).incrementAndGet();
                if (ended) {
                  open.release();
                } else {
                  askNext();
                }
              });
    }

    int answersInASecond() throws InterruptedException {
      int before = answers.get();
      Thread.sleep(1_000);
      return answers.get() - before;
    }

    int others() {
      return others.get();
    }

    void end() throws InterruptedException {
      ended = true;
      assertThat(open.tryAcquire(inFlight, 20, TimeUnit.SECONDS)).as("every call ends").isTrue();
    }
  }

  static Stream<Arguments> storms() {
    byte[] page = "<html>out of order</html>".getBytes(StandardCharsets.UTF_8);
    return Stream.of(
        Arguments.of("429 with a time", Action.json(429, "{}", "Retry-After: 0.1")),
        Arguments.of("429 without", Action.json(429, "{}")),
        Arguments.of("503", Action.json(503, "{}")),
        Arguments.of("500", Action.json(500, "{}")),
        Arguments.of("502 with a page", Action.respond(502, "text/html", page)),
        Arguments.of("resets", Action.reset()));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("storms")
  void aStormPassesWithoutALostRow(String name, Action fault) throws Exception {
    AtomicLong stormed = new AtomicLong();
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(700);
    Behaviour storm =
        call -> {
          if (System.nanoTime() - end > 0) {
            return ANSWER;
          }
          stormed.incrementAndGet();
          return fault;
        };
    try (FaultServer server = FaultServer.start(storm)) {
      askAll(Asked.config(List.of(EndpointConfig.of(server.url())), PATIENT), 200);
      assertThat(stormed.get()).as("calls in the storm of " + name).isGreaterThan(5);
      assertThat(server.ledger().charged()).isEqualTo(200);
      assertThat(server.ledger().calls()).isEqualTo(200 + stormed.get());
    }
  }

  /** Half of the calls under 4 ms, one in a hundred over 120 ms: as served models are. */
  @Test
  void latenciesWithALongTailCostNoRowAndNoSecondCall() throws Exception {
    Random random = new Random(8);
    Behaviour tailed = call -> ANSWER.after(4 * Math.exp(1.5 * random.nextGaussian()));
    try (FaultServer server = FaultServer.start(tailed)) {
      askAll(Asked.config(List.of(EndpointConfig.of(server.url())), PATIENT), 400);
      assertThat(server.ledger().calls()).isEqualTo(400);
      assertThat(server.ledger().charged()).isEqualTo(400);
      assertThat(server.ledger().repeated()).isZero();
    }
  }

  @Test
  void equalRequestsShareOneCallAndTheLogAnswersTheNext() throws Exception {
    try (FaultServer server = FaultServer.start(call -> ANSWER.after(50))) {
      ResponseLog log = ResponseLog.inMemory();
      TeacherConfig config = Asked.config(List.of(EndpointConfig.of(server.url())), PATIENT);
      for (int round = 0; round < 2; round++) {
        try (TeacherClient client = open(config, log)) {
          List<CompletableFuture<TeacherReply>> replies = new ArrayList<>();
          for (int i = 0; i < 10; i++) {
            replies.add(client.ask(Asked.request(Role.REASONER, "the same")).toCompletableFuture());
          }
          replies.forEach(
              reply ->
                  assertThat(reply.orTimeout(10, TimeUnit.SECONDS).join())
                      .isInstanceOf(TeacherReply.Answer.class));
        }
      }
      assertThat(server.ledger().calls()).isEqualTo(1);
    }
  }

  @Test
  void whatWasSentIsKeptAlthoughItsTaskHasEnded() throws Exception {
    try (FaultServer server = FaultServer.start(call -> ANSWER.after(200))) {
      CompletableFuture<LoggedReply> kept = new CompletableFuture<>();
      ResponseLog log = new KeepingLog(kept);
      TeacherConfig config = Asked.config(List.of(EndpointConfig.of(server.url())), PATIENT);
      try (TeacherClient client = open(config, log)) {
        client.ask(Asked.request(Role.REASONER, "late"));
        while (server.ledger().calls() == 0) {
          Thread.sleep(5);
        }
      }
      assertThat(kept.get(10, TimeUnit.SECONDS).outcome())
          .isEqualTo(new LoggedReply.Answer("fine", null, "stop"));
    }
  }

  /** Tells of the first reply that is appended. */
  private record KeepingLog(CompletableFuture<LoggedReply> kept) implements ResponseLog {
    @Override
    public java.util.Optional<LoggedReply> find(String requestSha256, String sampleId) {
      return java.util.Optional.empty();
    }

    @Override
    public java.util.concurrent.CompletionStage<Void> append(LoggedReply reply) {
      kept.complete(reply);
      return CompletableFuture.completedFuture(null);
    }
  }

  private static TeacherClient open(TeacherConfig config, ResponseLog log) {
    TeacherContext context = new TeacherContext("/nowhere", "distill", log, Spending.unlimited());
    return new OpenAiTeacher().open(Role.REASONER, config, context);
  }

  private static void askAll(TeacherConfig config, int rows) {
    try (TeacherClient client = open(config, ResponseLog.inMemory())) {
      List<CompletableFuture<TeacherReply>> replies = new ArrayList<>();
      for (int i = 0; i < rows; i++) {
        replies.add(client.ask(Asked.request(Role.REASONER, "row " + i)).toCompletableFuture());
      }
      Map<Class<?>, Long> kinds =
          replies.stream()
              .map(reply -> reply.orTimeout(30, TimeUnit.SECONDS).join())
              .collect(
                  java.util.stream.Collectors.groupingBy(
                      Object::getClass, java.util.stream.Collectors.counting()));
      assertThat(kinds).isEqualTo(Map.of(TeacherReply.Answer.class, (long) rows));
    }
  }
}
