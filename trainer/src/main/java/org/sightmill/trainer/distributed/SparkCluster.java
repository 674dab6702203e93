package org.sightmill.trainer.distributed;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.spark.SparkException;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.sightmill.trainer.checkpoint.CheckpointException;
import org.sightmill.trainer.distributed.exchange.Attempt;
import org.sightmill.trainer.distributed.exchange.AttemptFailedException;
import org.sightmill.trainer.distributed.exchange.Coordinator;
import org.sightmill.trainer.distributed.exchange.FailureReason;
import org.sightmill.trainer.distributed.exchange.StateSource;
import org.sightmill.trainer.distributed.exchange.StateUnavailableException;
import org.sightmill.trainer.distributed.exchange.StepResult;
import org.sightmill.trainer.update.TrainingFailedException;

/**
 * The driver's hold on the workers of a run: spreads work over them, has them take steps together,
 * and brings their state back when all of them are lost. Lives on the driver.
 *
 * @param <R> the kind of replica
 * @param <T> the task of a step
 */
final class SparkCluster<R extends WorkerReplica<T>, T extends Serializable>
    implements AutoCloseable {
  private static final Logger LOG = System.getLogger(SparkCluster.class.getName());

  /** Spark misses a dead executor as soon as its connection breaks, on a busy machine later. */
  private static final Duration MISSED_AFTER = Duration.ofSeconds(2);

  private final JavaSparkContext spark;
  private final ClusterSettings settings;
  private final GpuProfile profile;
  private final Coordinator coordinator;
  private final WorkerSpec<R> spec;
  private final Journal<T> journal;
  private final StepKind<T> kind;
  private final ExecutorWatch watch;
  private long version;
  private boolean loaded;

  SparkCluster(
      JavaSparkContext spark,
      ClusterSettings settings,
      String modelPath,
      ReplicaFactory<R> factory,
      StepKind<T> kind)
      throws IOException {
    this.spark = spark;
    this.settings = settings;
    this.kind = kind;
    this.profile = GpuProfile.of(spark);
    String host = spark.getConf().get("spark.driver.host", "localhost");
    String bind = spark.getConf().get("spark.driver.bindAddress", host);
    this.coordinator = new Coordinator(bind, host, UUID.randomUUID().toString(), settings.limits());
    ModelFiles model = ModelFiles.of(modelPath, spark.hadoopConfiguration());
    this.spec = new WorkerSpec<>(coordinator.meeting(), model, factory);
    this.journal = new Journal<>(kind.type());
    this.watch = new ExecutorWatch(spark, coordinator);
  }

  /** Rejects a step that does not follow the last one. */
  void requireVersion(long wanted) {
    if (wanted != version) {
      throw new IllegalStateException(
          "the executors are at version %d, not %d".formatted(version, wanted));
    }
  }

  /** Does something with each item, a Spark task each; results in the order of the items. */
  <A, B> List<B> map(String what, List<A> items, WorkTask.Work<R, A, B> work) {
    loadEverywhere();
    return mapped(what, items, work);
  }

  /** Before the first work, so that the first executor to have loaded the model does not do all. */
  private void loadEverywhere() {
    if (!loaded) {
      loaded = true;
      List<Integer> executors = IntStream.range(0, watch.executors()).boxed().toList();
      List<String> where =
          mapped("the model", executors, (replica, item, placement) -> placement.computesOn());
      LOG.log(Level.INFO, "the model is loaded on {0}", where);
    }
  }

  private <A, B> List<B> mapped(String what, List<A> items, WorkTask.Work<R, A, B> work) {
    for (int tries = 1; ; tries++) {
      spark.setJobDescription("%s, version %d".formatted(what, version));
      try {
        WorkTask<R, A, B> task = new WorkTask<>(spec, version, work);
        return profile
            .applied(spark.parallelize(items, items.size()))
            .mapPartitions(task)
            .collect();
      } catch (RuntimeException | Error e) {
        throw e;
      } catch (Exception e) {
        onFailedJob(e, tries);
      } finally {
        spark.setJobDescription(null);
      }
    }
  }

  /** Goes on if the job failed because nobody has the weights any more. */
  private void onFailedJob(Exception e, int tries) {
    boolean lost = e instanceof SparkException && stateIsLost();
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof CheckpointException unusable) {
        throw unusable; // no other executor would do better
      }
      lost |= cause instanceof StateUnavailableException;
    }
    if (!lost || tries >= settings.maxAttempts()) {
      throw new TrainingFailedException(
          "work on version %d failed on the executors: %s".formatted(version, e.getMessage()));
    }
    bringStateBack();
  }

  /** An executor may be gone that Spark has not missed yet: then there is nothing to do so far. */
  private void bringStateBack() {
    if (stateIsLost()) {
      recover();
    } else {
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(MISSED_AFTER.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingFailedException("interrupted while executors were awaited");
    }
  }

  private boolean stateIsLost() {
    return version != journal.base() && coordinator.holders(version).isEmpty();
  }

  /** Takes a step everywhere. */
  StepResult step(T task) {
    journal.add(version, task);
    StepResult result = take(task);
    version++;
    return result;
  }

  private StepResult take(T task) {
    for (int tries = 1; ; tries++) {
      try {
        return attempt(task);
      } catch (AttemptFailedException e) {
        LOG.log(
            Level.WARNING,
            "step {0}, try {1} of {2}: {3}: {4}",
            version,
            tries,
            settings.maxAttempts(),
            e.reason(),
            e.getMessage());
        if (e.reason() == FailureReason.MISMATCH || tries >= settings.maxAttempts()) {
          throw new TrainingFailedException(
              "step %d was given up after %d tries: %s".formatted(version, tries, e.getMessage()));
        }
        bringStateBack();
      }
    }
  }

  private StepResult attempt(T task) throws AttemptFailedException {
    int executors = watch.executors();
    Attempt attempt = coordinator.open(version, executors, kind.shards().applyAsInt(task));
    Broadcast<byte[]> work = spark.broadcast(Serialized.bytes(task));
    spark.setJobDescription("update, version %d".formatted(version));
    StepJob job =
        StepJob.start(
            profile
                .applied(
                    spark.parallelize(IntStream.range(0, executors).boxed().toList(), executors))
                .mapPartitions(new StepTask<>(spec, version, work, kind.type())),
            attempt);
    try {
      return attempt.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingFailedException("interrupted in step " + version);
    } finally {
      job.end();
      work.destroy();
      spark.setJobDescription(null);
    }
  }

  /** Has new executors take the steps since the last checkpoint again. */
  private void recover() {
    long wanted = version;
    LOG.log(
        Level.WARNING,
        "no executor has version {0} any more: steps {1} to {2} are taken again",
        wanted,
        journal.base(),
        wanted - 1);
    goTo(journal.base());
    try {
      while (version < wanted) {
        take(journal.task(version));
        version++;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the journal of steps can't be read", e);
    }
  }

  private void goTo(long target) {
    journal
        .checkpoint()
        .ifPresentOrElse(folder -> coordinator.offer(target, folder), coordinator::restart);
    version = target;
  }

  void save(Path folder) throws IOException {
    fetch((source, wanted) -> source.save(wanted, folder));
    journal.startFrom(version, folder);
    coordinator.keep(version, journal.checkpoint().orElseThrow());
  }

  void load(Path folder, long newVersion) throws IOException {
    journal.startFrom(newVersion, folder);
    goTo(newVersion);
  }

  void export(Path folder) throws IOException {
    fetch((source, wanted) -> source.export(wanted, folder));
  }

  private interface Fetch {
    void from(StateSource source, long wanted) throws IOException;
  }

  /** Whoever had the weights may die before they are here. */
  private void fetch(Fetch fetch) throws IOException {
    for (int tries = 1; ; tries++) {
      haveSomebodyAtVersion();
      try {
        fetch.from(new StateSource(spec.meeting()), version);
        return;
      } catch (StateUnavailableException e) {
        if (tries >= settings.maxAttempts()) {
          throw e;
        }
        LOG.log(
            Level.WARNING, "try {0} of {1}: {2}", tries, settings.maxAttempts(), e.getMessage());
        bringStateBack();
      }
    }
  }

  /** Between steps all executors may be gone, or none have come yet. */
  private void haveSomebodyAtVersion() {
    if (coordinator.holders(version).isEmpty()) {
      List<Boolean> present = map("present", List.of(0), (replica, item, placement) -> true);
      LOG.log(Level.DEBUG, "{0} executor has version {1}", present.size(), version);
    }
  }

  @Override
  public void close() {
    watch.close();
    coordinator.close();
    journal.close();
    ExecutorWorker.release();
  }
}
