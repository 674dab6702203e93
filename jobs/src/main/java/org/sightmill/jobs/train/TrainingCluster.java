package org.sightmill.jobs.train;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;
import org.sightmill.jobs.config.GrpoConfig;
import org.sightmill.jobs.config.RewardSection;
import org.sightmill.jobs.config.SftConfig;
import org.sightmill.jobs.spark.SparkSessions;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.data.PromptSettings;
import org.sightmill.trainer.distributed.ClusterSettings;
import org.sightmill.trainer.distributed.GrpoWorkerFactory;
import org.sightmill.trainer.distributed.SftWorkerFactory;
import org.sightmill.trainer.distributed.SparkCrew;
import org.sightmill.trainer.distributed.SparkSftCrew;
import org.sightmill.trainer.grpo.Crew;
import org.sightmill.trainer.grpo.GrpoSetup;
import org.sightmill.trainer.grpo.GrpoWorker;
import org.sightmill.trainer.sft.SftCrew;
import org.sightmill.trainer.sft.SftSettings;
import org.sightmill.trainer.sft.SftWorker;
import org.sightmill.trainer.update.MemoryNeed;
import org.sightmill.trainer.update.ModelSettings;
import org.sightmill.trainer.update.OptimizerSettings;

/**
 * The Spark application that trains, where a master is named: by {@code --master}, through
 * spark-submit. Without one training stays in this process and needs no Spark.
 */
final class TrainingCluster implements AutoCloseable {
  private final SparkSession session;

  private TrainingCluster(SparkSession session) {
    this.session = session;
  }

  /** Whether a master is named. */
  static boolean isWanted() {
    return new SparkConf().contains("spark.master");
  }

  /** Starts the application, if a master is named. */
  static Optional<TrainingCluster> ifWanted(String command) {
    return isWanted()
        ? Optional.of(new TrainingCluster(SparkSessions.open("sightmill " + command, Map.of())))
        : Optional.empty();
  }

  private JavaSparkContext spark() {
    return new JavaSparkContext(session.sparkContext());
  }

  /**
   * What it sends to executors are the parts of the configuration, not the whole. Each looks at its
   * own device before it loads: what does not fit is refused.
   */
  Crew grpo(GrpoConfig config, MemoryNeed need, PictureSource pictures, String home)
      throws IOException {
    ModelSettings model = config.model();
    GrpoSetup setup = config.setup();
    PromptSettings prompt = config.prompt();
    RewardSection reward = config.reward();
    GrpoWorkerFactory factory =
        (root, folder) -> {
          need.requireRoom(folder, root);
          return new GrpoWorker(
              root,
              model.at(folder.toString()),
              setup,
              prompt,
              pictures,
              Rewards.open(reward, pictures, home));
        };
    return new SparkCrew(spark(), ClusterSettings.DEFAULT, model.path(), factory);
  }

  SftCrew sft(SftConfig config, MemoryNeed need, PictureSource pictures) throws IOException {
    ModelSettings model = config.model();
    SftSettings sft = config.sft();
    OptimizerSettings optimizer = config.optimizer();
    PromptSettings prompt = config.prompt();
    SftWorkerFactory factory =
        (root, folder) -> {
          need.requireRoom(folder, root);
          return new SftWorker(root, model.at(folder.toString()), sft, optimizer, prompt, pictures);
        };
    return new SparkSftCrew(spark(), ClusterSettings.DEFAULT, model.path(), factory);
  }

  /** How many executors there are, each with a device of its own; 1 for a local master. */
  int executors() {
    int known = session.sparkContext().statusTracker().getExecutorInfos().length;
    return Math.max(1, known - 1); // the driver is counted among them
  }

  @Override
  public void close() {
    session.stop();
  }
}
