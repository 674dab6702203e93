package org.sightmill.jobs.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.step.ContentDigest;
import org.sightmill.pipeline.step.RunStore;

/** The {@link ContentDigest} of each committed step: two runs with equal ones made the same. */
public final class StepDigests {
  private StepDigests() {}

  /** By step, in order. */
  public static Map<String, String> of(SparkSession spark, RunStore store, RunSummary summary) {
    Map<String, String> digests = new LinkedHashMap<>();
    summary
        .steps()
        .forEach(
            step -> digests.put(step.step().label(), ContentDigest.of(store.rows(spark, step))));
    return digests;
  }
}
