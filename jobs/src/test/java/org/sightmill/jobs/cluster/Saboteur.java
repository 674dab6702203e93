package org.sightmill.jobs.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sightmill.trainer.grpo.Crew;
import org.sightmill.trainer.grpo.GroupRollouts;
import org.sightmill.trainer.grpo.GroupScores;
import org.sightmill.trainer.grpo.GroupTask;
import org.sightmill.trainer.grpo.UpdateTask;
import org.sightmill.trainer.update.UpdateReport;

/** A crew of which executors are killed while they work. */
final class Saboteur implements Crew {
  /** What a crew is doing. */
  enum Phase {
    ROLLOUT,
    SCORING,
    UPDATE
  }

  private final Crew crew;
  private final StandaloneCluster cluster;
  private Phase phase;
  private int victims;
  private int delayMillis;
  private int killed;

  Saboteur(Crew crew, StandaloneCluster cluster) {
    this.crew = crew;
    this.cluster = cluster;
  }

  /** Kills so many executors, so long after the next beginning of a phase. */
  void plan(Phase inPhase, int executors, int afterMillis) {
    phase = inPhase;
    victims = executors;
    delayMillis = afterMillis;
  }

  int killed() {
    return killed;
  }

  private CompletableFuture<Void> strike(Phase begins) {
    if (begins != phase) {
      return CompletableFuture.completedFuture(null);
    }
    phase = null;
    return CompletableFuture.runAsync(
        this::kill, CompletableFuture.delayedExecutor(delayMillis, TimeUnit.MILLISECONDS));
  }

  private void kill() {
    for (ProcessHandle executor : cluster.executors().stream().limit(victims).toList()) {
      if (executor.destroyForcibly()) {
        killed++;
      }
    }
  }

  @Override
  public List<GroupRollouts> roll(List<List<GroupTask>> batches) {
    CompletableFuture<Void> blow = strike(Phase.ROLLOUT);
    List<GroupRollouts> rolled = crew.roll(batches);
    blow.join();
    return rolled;
  }

  @Override
  public List<GroupScores> score(List<GroupRollouts> groups) {
    CompletableFuture<Void> blow = strike(Phase.SCORING);
    List<GroupScores> scores = crew.score(groups);
    blow.join();
    return scores;
  }

  @Override
  public UpdateReport update(UpdateTask task) {
    CompletableFuture<Void> blow = strike(Phase.UPDATE);
    UpdateReport report = crew.update(task);
    blow.join();
    return report;
  }

  @Override
  public void save(Path folder) throws IOException {
    crew.save(folder);
  }

  @Override
  public void load(Path folder, long policyVersion) throws IOException {
    crew.load(folder, policyVersion);
  }

  @Override
  public void export(Path folder) throws IOException {
    crew.export(folder);
  }

  @Override
  public void close() {
    crew.close();
  }
}
