package org.sightmill.pipeline.export;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The parts of a data set. */
public enum Subset {
  /** Supervised data without self-reflection. */
  SFT,
  /** Questions for reinforcement learning. */
  RL,
  /** Supervised data with self-reflection; may repeat rows of {@link #RL}. */
  AHA;

  /** The folder's name. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The subset with this label. */
  public static Optional<Subset> fromLabel(String label) {
    return Stream.of(values()).filter(subset -> subset.label().equals(label)).findFirst();
  }
}
