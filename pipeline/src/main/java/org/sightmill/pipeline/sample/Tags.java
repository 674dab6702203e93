package org.sightmill.pipeline.sample;

/** The tags around the thinking and the answer of a completion: lower case, no inner spaces. */
public final class Tags {
  /** Opens the thinking. */
  public static final String THINK = "<think>";

  /** Closes the thinking. */
  public static final String THINK_END = "</think>";

  /** Opens the answer. */
  public static final String ANSWER = "<answer>";

  /** Closes the answer. */
  public static final String ANSWER_END = "</answer>";

  private Tags() {}
}
