package org.sightmill.pipeline.calls;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletionStage;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.teacher.TeacherReply;

/**
 * Rows in the order of the input, with calls in flight behind the next one. Calls in flight and
 * rows held are capped apart: a slow reply holds up the rows behind it, but not their calls. As
 * long as a teacher replies at once nothing is read ahead.
 */
final class CallingIterator implements Iterator<Row> {
  private final Iterator<Row> input;
  private final RowLogic logic;
  private final OpenClients clients;
  private final CallSettings settings;
  private final RowEnding ending;
  private final Deque<Slot> slots = new ArrayDeque<>();
  private final Object monitor = new Object();

  /** Guarded by the monitor, like each slot's reply. */
  private int inFlight;

  private boolean repliesComeLate;
  private boolean inputEnded;

  CallingIterator(
      Iterator<Row> input,
      RowLogic logic,
      OpenClients clients,
      CallSettings settings,
      RowEnding ending) {
    this.input = input;
    this.logic = logic;
    this.clients = clients;
    this.settings = settings;
    this.ending = ending;
  }

  @Override
  public boolean hasNext() {
    return !slots.isEmpty() || input.hasNext();
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException("no more rows");
    }
    startCalls();
    while (awaitHeadOrRoom()) {
      startCalls();
    }
    return slots.remove().ended(ending);
  }

  /** Takes rows in until a cap is reached, or the next row is ready and nothing is waited for. */
  private void startCalls() {
    while (hasRoom() && !(headIsReady() && !repliesComeLate)) {
      if (!input.hasNext()) {
        inputEnded = true;
        return;
      }
      start(input.next());
    }
  }

  private void start(Row row) {
    RowPlan plan = logic.plan(new SampleRow(row));
    Slot slot = new Slot(row, plan);
    slots.add(slot);
    if (plan instanceof RowPlan.Ask ask) {
      synchronized (monitor) {
        inFlight++;
      }
      CompletionStage<TeacherReply> reply = clients.of(ask.request().role()).ask(ask.request());
      reply.whenComplete((answer, error) -> ended(slot, answer, error));
      repliesComeLate |= !isReady(slot);
    }
  }

  private void ended(Slot slot, TeacherReply reply, Throwable error) {
    synchronized (monitor) {
      inFlight--;
      slot.reply = reply;
      slot.defect = error;
      slot.ready = true;
      monitor.notifyAll();
    }
  }

  /** True when there is room for more calls although the next row is not ready. */
  private boolean awaitHeadOrRoom() {
    Slot head = slots.element();
    synchronized (monitor) {
      while (!head.ready && (inputEnded || !hasRoom())) {
        await();
      }
      return !head.ready;
    }
  }

  private void await() {
    try {
      monitor.wait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a teacher's reply", e);
    }
  }

  private boolean hasRoom() {
    synchronized (monitor) {
      return inFlight < settings.callsInFlight() && slots.size() < settings.rowsBuffered();
    }
  }

  private boolean headIsReady() {
    return !slots.isEmpty() && isReady(slots.element());
  }

  private boolean isReady(Slot slot) {
    synchronized (monitor) {
      return slot.ready;
    }
  }

  /** A row that has come in and not gone out. */
  private static final class Slot {
    private final Row row;
    private final RowPlan plan;
    private boolean ready;
    private TeacherReply reply;
    private Throwable defect;

    Slot(Row row, RowPlan plan) {
      this.row = row;
      this.plan = plan;
      this.ready = plan instanceof RowPlan.Settled;
    }

    Row ended(RowEnding ending) {
      if (defect != null) {
        throw new IllegalStateException(
            "teacher broke its contract on sample %s: %s"
                .formatted(row.<String>getAs("sample_id"), defect),
            defect);
      }
      return plan instanceof RowPlan.Ask ask
          ? ending.afterCall(row, ask, reply)
          : ending.settled(row, (RowPlan.Settled) plan);
    }
  }
}
