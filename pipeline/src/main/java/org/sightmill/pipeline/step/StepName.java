package org.sightmill.pipeline.step;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.sightmill.pipeline.schema.Boundary;

/** The six steps of the paper (section 3), in order. */
public enum StepName {
  COLLECT(Boundary.COLLECT),
  CAPTION(Boundary.CAPTION),
  DISTILL(Boundary.DISTILL),
  REWRITE(Boundary.REWRITE),
  VERIFY(Boundary.VERIFY),
  CURATE(Boundary.CURATE);

  private final Boundary boundary;

  StepName(Boundary boundary) {
    this.boundary = boundary;
  }

  /** The name in commands, reports and provenance: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The folder within a run: {@code 1-collect} to {@code 6-curate}. */
  public String folder() {
    return (ordinal() + 1) + "-" + label();
  }

  /** The contract of what this step writes. */
  public Boundary boundary() {
    return boundary;
  }

  /** The step before, if there is one. */
  public Optional<StepName> previous() {
    return ordinal() == 0 ? Optional.empty() : Optional.of(values()[ordinal() - 1]);
  }

  /** The step with this label. */
  public static Optional<StepName> fromLabel(String label) {
    return Arrays.stream(values()).filter(step -> step.label().equals(label)).findFirst();
  }
}
