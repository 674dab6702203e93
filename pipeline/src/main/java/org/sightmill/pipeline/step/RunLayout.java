package org.sightmill.pipeline.step;

import org.apache.hadoop.fs.Path;

/**
 * Where everything of one run lies.
 *
 * @param root any Hadoop URI or local path; shared by runs
 * @param runId the folder below root; see {@link #sanitised}
 */
public record RunLayout(String root, String runId) {
  /** Checks that both are there and the id is safe as a folder name on every file system. */
  public RunLayout {
    if (root == null || root.isBlank()) {
      throw new IllegalArgumentException("root is required");
    }
    if (runId == null || !runId.equals(sanitised(runId)) || runId.isEmpty()) {
      throw new IllegalArgumentException(
          "run id '%s' may hold letters, digits, '.', '_' and '-' only".formatted(runId));
    }
  }

  /**
   * The id with every other character made {@code -}: a colon, as in Airflow's ids, breaks Hadoop
   * paths.
   */
  public static String sanitised(String id) {
    return id.replaceAll("[^A-Za-z0-9._-]", "-").replaceAll("^[.]+", "");
  }

  /** The run's folder. */
  public Path folder() {
    return new Path(root, runId);
  }

  /** The folder of one step's output. */
  public Path step(StepName step) {
    return new Path(folder(), step.folder());
  }

  /** The commit record of one step. */
  public Path report(StepName step) {
    return new Path(step(step), "_report.json");
  }

  /**
   * The side table of one step's rejects: a partition folder, so that all steps read as one table.
   */
  public Path rejected(StepName step) {
    return new Path(folder(), "rejected/step=" + step.label());
  }

  /**
   * Rows with their outcome, between the one evaluation of a step and its output. Deleted at
   * commit.
   */
  public Path staging(StepName step) {
    return new Path(folder(), "_staging/" + step.label());
  }

  /** Content-addressed pictures; {@code image_path} columns are relative to {@link #folder}. */
  public Path images() {
    return new Path(folder(), "images");
  }

  /** Resolved configuration, versions, status and metrics of the run. */
  public Path runInfo() {
    return new Path(folder(), "_run");
  }

  /** Pictures laid out from packs, shared by all runs of this root. */
  public Path packs() {
    return new Path(root, "_packs");
  }

  /** The response log, shared by all runs of this root. */
  public Path responses() {
    return new Path(root, "_responses");
  }
}
