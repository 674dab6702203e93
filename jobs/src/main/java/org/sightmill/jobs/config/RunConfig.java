package org.sightmill.jobs.config;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightmill.pipeline.calls.CallSettings;
import org.sightmill.pipeline.caption.CaptionConfig;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.curate.CurateConfig;
import org.sightmill.pipeline.distill.DistillConfig;
import org.sightmill.pipeline.rewrite.RewriteConfig;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.verify.VerifyConfig;

/**
 * The whole configuration of a run: what a YAML file holds.
 *
 * @param root any Hadoop URI or local path, shared by runs; relative to the working folder
 * @param runId the folder below root; characters other than letters, digits, {@code . _ -} become
 *     {@code -}
 * @param sources what collect reads
 * @param teachers who plays which role; the builtin teacher where none is given
 * @param calls how hard teachers are called
 * @param maxRejectFraction the greatest fraction of faults that a step may have, in [0, 1]
 * @param spark Spark settings by full name; what spark-submit sets wins
 */
public record RunConfig(
    String root,
    String runId,
    List<SourceConfig> sources,
    SortedMap<Role, TeacherConfig> teachers,
    CallSettings calls,
    CollectSection collect,
    CaptionConfig caption,
    DistillConfig distill,
    RewriteConfig rewrite,
    VerifyConfig verify,
    CurateConfig curate,
    double maxRejectFraction,
    SortedMap<String, String> spark) {
  /** Where runs lie when nothing is said. */
  public static final String DEFAULT_ROOT = "./sightmill-out";

  /** One run that every command goes on with. */
  public static final String DEFAULT_RUN_ID = "run";

  /** A fifth of a step's rows: more broken ones point at a wrong mapping, not at dirt. */
  public static final double DEFAULT_MAX_REJECT_FRACTION = 0.2;

  /** Settings that come too late once the driver runs. */
  private static final List<String> LAUNCH_ONLY =
      List.of("spark.driver.memory", "spark.driver.extraJavaOptions", "spark.submit.deployMode");

  /** Checks every value; gives roles without a teacher the builtin one. */
  public RunConfig {
    sources = List.copyOf(sources);
    runId = runId == null ? "" : RunLayout.sanitised(runId);
    Checks checks =
        new Checks()
            .notBlank("root", root)
            .notBlank("run_id", runId)
            .fraction("max_reject_fraction", maxRejectFraction);
    checkSources(checks, collect, sources);
    checkSpark(checks, spark);
    checks.that(
        !teachers.containsKey(Role.ANSWERER),
        "teachers.answerer is no role of a run: evaluate takes it as --endpoint");
    checks.orThrow();
    teachers = withBuiltin(teachers);
    spark = Collections.unmodifiableSortedMap(new TreeMap<>(spark));
  }

  private static void checkSources(
      Checks checks, CollectSection collect, List<SourceConfig> sources) {
    if (collect == null || sources.isEmpty()) {
      return;
    }
    try {
      collect.with(sources);
    } catch (InvalidConfigException e) {
      e.problems().forEach(problem -> checks.that(false, problem));
    }
  }

  private static void checkSpark(Checks checks, SortedMap<String, String> spark) {
    for (String key : spark.keySet()) {
      checks
          .that(key.startsWith("spark."), "spark.%s must start with 'spark.'".formatted(key))
          .that(
              !LAUNCH_ONLY.contains(key),
              "spark.%s comes too late in a file: give it to the launcher or spark-submit"
                  .formatted(key));
    }
  }

  private static SortedMap<Role, TeacherConfig> withBuiltin(SortedMap<Role, TeacherConfig> given) {
    SortedMap<Role, TeacherConfig> all = new TreeMap<>(given);
    for (Role role : Role.ofRuns()) {
      all.putIfAbsent(role, TeacherConfig.builtin());
    }
    return Collections.unmodifiableSortedMap(all);
  }

  /** No sources, builtin teachers, every step at its defaults. */
  public static RunConfig defaults() {
    return new RunConfig(
        DEFAULT_ROOT,
        DEFAULT_RUN_ID,
        List.of(),
        new TreeMap<>(),
        CallSettings.DEFAULT,
        CollectSection.defaults(),
        CaptionConfig.DEFAULT,
        DistillConfig.DEFAULT,
        RewriteConfig.DEFAULT,
        VerifyConfig.DEFAULT,
        CurateConfig.DEFAULT,
        DEFAULT_MAX_REJECT_FRACTION,
        new TreeMap<>());
  }

  /** Where this run lies. */
  public RunLayout layout() {
    return new RunLayout(root, runId);
  }
}
