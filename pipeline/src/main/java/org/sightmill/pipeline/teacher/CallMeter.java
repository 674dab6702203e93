package org.sightmill.pipeline.teacher;

import java.io.Serializable;

/** Counts what calls do, while they do it: for live views, not for accounts. Thread-safe. */
public interface CallMeter extends Serializable {
  /** Counts nothing. */
  CallMeter NONE = (name, amount) -> {};

  /** Rows that have ended, in any way. */
  String ROWS = "rows";

  /** Calls handed to a server. */
  String STARTED = "calls_started";

  /** Calls that a server has ended, in any way. */
  String ENDED = "calls_ended";

  /** Milliseconds that servers had calls, summed over all calls. */
  String BUSY_MILLIS = "busy_ms";

  /** Replies of use. */
  String ANSWERS = "answers";

  /** Replies out of the response log. */
  String REPLAYED = "answers_replayed";

  /** Tokens of prompts, as servers report them. */
  String INPUT_TOKENS = "input_tokens";

  /** Tokens of replies, as servers report them. */
  String OUTPUT_TOKENS = "output_tokens";

  /** Millionths of a US dollar. */
  String MICRO_USD = "micro_usd";

  /** Before the code of a fault and the host that had it: {@code fault RATE_LIMITED h:8000}. */
  String FAULT = "fault ";

  /** Adds {@code amount} to the number with this name. */
  void add(String name, long amount);
}
