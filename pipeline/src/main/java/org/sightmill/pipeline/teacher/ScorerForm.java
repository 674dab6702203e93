package org.sightmill.pipeline.teacher;

/** How a scorer is asked. */
public enum ScorerForm {
  /** Chat completions; the reply is a JSON number. */
  CHAT,
  /** vLLM's {@code /pooling}, beside {@code /v1}: a reward model scores the conversation. */
  POOLING,
  /** The URL itself takes {@code {query, image, answers}} and gives {@code {rewards}}. */
  HTTP
}
