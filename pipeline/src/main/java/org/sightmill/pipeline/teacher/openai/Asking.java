package org.sightmill.pipeline.teacher.openai;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.CallMeter;
import org.sightmill.pipeline.teacher.Receipt;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.log.LoggedReply;
import org.sightmill.pipeline.teacher.spend.Permit;

/**
 * One request from its first attempt to its end: each attempt with a permit of its own, waits
 * between them, the log before the answer. Several rows may wait for one asking; it goes on while
 * one of them does. What has been sent is always heard out and logged, since it is paid for.
 */
final class Asking {
  private static final double NANOS = 1e9;
  private static final double MICROS = 1e6;

  private final AskingDesk desk;
  private final TeacherRequest request;
  private final String sha256;
  private final CompletableFuture<TeacherReply> done = new CompletableFuture<>();
  private byte[] body;
  private Charge charge;
  private int failures;
  private long firstFailureNanos;
  private int brokenAttempts;
  private double usd;
  private Endpoint avoid;
  private int waiters = 1;
  private boolean dropped;
  private Attempt unsent;
  private Permit.Granted unused;

  Asking(AskingDesk desk, TeacherRequest request, String sha256) {
    this.desk = desk;
    this.request = request;
    this.sha256 = sha256;
  }

  CompletionStage<TeacherReply> done() {
    return done;
  }

  /** One more row waits; false when it was dropped, and nothing will come any more. */
  synchronized boolean join() {
    waiters += dropped ? 0 : 1;
    return !dropped;
  }

  /** A row's task has ended. What is on the wire is heard out; nothing else is begun for nobody. */
  synchronized void leave() {
    waiters--;
    if (unsent == null) {
      dropIfNobodyWaits();
    } else if (waiters == 0 && desk.pool().forget(unsent)) {
      unused.settle(0, 0);
      dropIfNobodyWaits();
    }
  }

  private synchronized boolean dropIfNobodyWaits() {
    if (waiters == 0) {
      dropped = true;
      desk.forget(sha256, this);
    }
    return dropped;
  }

  /** Begins with what is to be sent. */
  void start(byte[] body, Charge charge) {
    this.body = body;
    this.charge = charge;
    reserve();
  }

  private void reserve() {
    if (dropIfNobodyWaits()) {
      return;
    }
    desk.context()
        .spending()
        .reserve(charge.maximumTokens(), charge.maximumUsd())
        .whenComplete((permit, error) -> guarded(error, () -> permitted(permit)));
  }

  private void permitted(Permit permit) {
    if (permit instanceof Permit.Refused refused) {
      finish(new TeacherReply.Refused(refused.refusal(), refused.why()));
    } else {
      send((Permit.Granted) permit);
    }
  }

  private void send(Permit.Granted permit) {
    CompletableFuture<Attempt.Outcome> outcome = new CompletableFuture<>();
    Attempt attempt = new Attempt(desk.form(), body, avoid, desk.context().meter(), outcome);
    synchronized (this) {
      if (dropIfNobodyWaits()) {
        permit.settle(0, 0);
        return;
      }
      unsent = attempt;
      unused = permit;
    }
    CompletionStage<Attempt.Outcome> sent = outcome;
    sent.whenComplete((came, error) -> guarded(error, () -> ended(came, permit)));
    desk.pool().submit(attempt);
  }

  /** Runs {@code next}; a defect anywhere ends the asking instead of leaving it open. */
  private void guarded(Throwable error, Runnable next) {
    try {
      if (error == null) {
        next.run();
      } else {
        fail(error instanceof CompletionException ? error.getCause() : error);
      }
    } catch (RuntimeException e) {
      fail(e);
    }
  }

  /** Ends before anything was sent: the row has not what the request needs. */
  void refuse(CallFailure failure) {
    finish(new TeacherReply.Failed(failure.getMessage(), null));
  }

  void fail(Throwable defect) {
    desk.forget(sha256, this);
    done.completeExceptionally(defect);
  }

  private void ended(Attempt.Outcome outcome, Permit.Granted permit) {
    synchronized (this) {
      unsent = null;
    }
    CallFailure failure = outcome.failure();
    double cost =
        failure == null
            ? charge.settle(permit, outcome.reply().usage())
            : charge.settle(permit, failure);
    usd += cost;
    desk.context().meter().add(CallMeter.MICRO_USD, Math.round(cost * MICROS));
    if (failure == null) {
      answered(outcome);
    } else {
      failed(outcome);
    }
  }

  private void answered(Attempt.Outcome outcome) {
    ModelReply reply = outcome.reply();
    count(reply.usage());
    Receipt receipt = receipt(outcome, reply.usage());
    TeacherReply answer =
        new TeacherReply.Answer(
            reply.text(), reply.reasoning(), receipt, ChatReply.isCut(reply.finishReason()));
    log(
        receipt,
        new LoggedReply.Answer(reply.text(), reply.reasoning(), reply.finishReason()),
        answer);
  }

  private void count(Usage usage) {
    CallMeter meter = desk.context().meter();
    meter.add(CallMeter.ANSWERS, 1);
    if (usage.isKnown()) {
      meter.add(CallMeter.INPUT_TOKENS, usage.inputTokens());
      meter.add(CallMeter.OUTPUT_TOKENS, usage.outputTokens());
    }
  }

  private void failed(Attempt.Outcome outcome) {
    CallFault fault = outcome.failure().fault();
    firstFailureNanos = failures == 0 ? System.nanoTime() : firstFailureNanos;
    failures++;
    brokenAttempts += fault.kind() == CallFault.Kind.BROKEN ? 1 : 0;
    avoid = outcome.endpoint();
    String unusable = desk.pool().unusableWhy();
    if (unusable != null) {
      fail(new TeacherUnusableException(desk.role(), unusable));
    } else if (mayTryAgain(fault)) {
      tryAgain(outcome.failure());
    } else {
      giveUp(outcome);
    }
  }

  private boolean mayTryAgain(CallFault fault) {
    return fault.kind() != CallFault.Kind.FINAL
        && brokenAttempts < desk.retries().maxAttempts()
        && (System.nanoTime() - firstFailureNanos) / NANOS < desk.retries().patienceSeconds();
  }

  private void tryAgain(CallFailure failure) {
    Duration asked = failure.retryAfter().orElse(Duration.ZERO);
    desk.timer().after(desk.backoff().after(failures, asked), this::reserve);
  }

  private void giveUp(Attempt.Outcome outcome) {
    CallFailure failure = outcome.failure();
    if (failure.fault() == CallFault.CONNECT_FAILED) {
      fail(
          new TeacherUnusableException(
              desk.role(), outcome.endpoint().url() + ": " + failure.getMessage()));
      return;
    }
    Receipt receipt = receipt(outcome, failure.usage());
    TeacherReply reply = new TeacherReply.Failed(failure.getMessage(), usd > 0 ? receipt : null);
    log(receipt, new LoggedReply.Failure(failure.fault().name(), failure.getMessage()), reply);
  }

  private Receipt receipt(Attempt.Outcome outcome, Usage usage) {
    return new Receipt(
        desk.model(),
        outcome.endpoint().url(),
        sha256,
        usage.inputTokens(),
        usage.outputTokens(),
        charge.prices().areFree() ? null : usd,
        outcome.latencyMs());
  }

  /** Hands the reply out once the log has it. */
  private void log(Receipt receipt, LoggedReply.Outcome outcome, TeacherReply reply) {
    LoggedReply entry =
        new LoggedReply(
            sha256,
            request.row().sampleId(),
            desk.context().step(),
            desk.role().label(),
            receipt.model(),
            receipt.endpoint(),
            request.promptSha256(),
            outcome,
            receipt.inputTokens(),
            receipt.outputTokens(),
            receipt.costUsd(),
            receipt.latencyMs(),
            System.currentTimeMillis());
    desk.context()
        .log()
        .append(entry)
        .whenComplete((kept, error) -> guarded(error, () -> finish(reply)));
  }

  private void finish(TeacherReply reply) {
    desk.forget(sha256, this);
    done.complete(reply);
  }
}
