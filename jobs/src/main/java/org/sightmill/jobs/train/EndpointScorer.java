package org.sightmill.jobs.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.hadoop.conf.Configuration;
import org.sightmill.jobs.eval.SentPictures;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.prompt.Prompt;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.prompt.Sha256;
import org.sightmill.pipeline.teacher.CallMeter;
import org.sightmill.pipeline.teacher.Retries;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.RolePrompts;
import org.sightmill.pipeline.teacher.ScoreReply;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.TeacherRow;
import org.sightmill.pipeline.teacher.Teachers;
import org.sightmill.pipeline.teacher.log.ResponseLogs;
import org.sightmill.pipeline.teacher.spend.Spending;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.reward.OpenScorer;
import org.sightmill.trainer.reward.RewardRequest;

/**
 * The pipeline's scorer as the absolute scorer of free answers: it sees picture, question and one
 * answer, never the reference beside it. All answers of a group are under way at the same time;
 * replies are logged, so that a resumed run pays for none twice. For one thread.
 */
final class EndpointScorer implements OpenScorer {
  /** Shorter than for a step of the pipeline: a device waits, and a resumed run goes on. */
  private static final double PATIENCE_SECONDS = 120;

  private static final String STEP = "grpo";
  private static final Picture NO_PICTURE = new Picture(null, null, null);

  private final TeacherConfig config;
  private final PictureSource source;
  private final SentPictures sent;
  private final TeacherClient client;
  private final Prompt prompt;
  private final Map<Asked, CompletionStage<TeacherReply>> calls = new HashMap<>();

  private Picture last = NO_PICTURE;

  private record Asked(String sampleId, String answer) {}

  /** A picture that was sent; all answers of a group are about one. */
  private record Picture(String imagePath, String sha256, String sentPath) {}

  /**
   * Opens the scorer.
   *
   * @param folder where replies and the pictures that are sent are kept, on any Hadoop file system
   */
  EndpointScorer(TeacherConfig config, PictureSource source, String folder) {
    this.config = config;
    this.source = source;
    Configuration hadoop = HadoopSettings.fromProperties();
    this.sent = new SentPictures(folder, hadoop);
    TeacherContext context =
        new TeacherContext(
            folder,
            STEP,
            ResponseLogs.shared(folder + "/_responses", hadoop),
            Spending.unlimited(),
            CallMeter.NONE,
            hadoop);
    this.client = Teachers.named(config.provider()).open(Role.SCORER, patient(config), context);
    this.prompt = RolePrompts.load(Prompts.packaged(), Role.SCORER);
  }

  private static TeacherConfig patient(TeacherConfig config) {
    return config.retries() != null
        ? config
        : new TeacherConfig(
            config.provider(),
            config.model(),
            config.options(),
            config.budgetUsd(),
            config.prices(),
            config.rates(),
            config.endpoints(),
            config.sampling(),
            config.pictures(),
            config.shape(),
            config.form(),
            config.timeouts(),
            new Retries(null, null, null, PATIENCE_SECONDS));
  }

  @Override
  public String name() {
    return config.model() == null ? config.provider() : config.model();
  }

  @Override
  public void expect(RewardRequest question, String answer) {
    calls.computeIfAbsent(new Asked(question.sampleId(), answer), asked -> begun(question, answer));
  }

  /**
   * The score.
   *
   * @throws IllegalStateException when there is none, with what the scorer's client says of it
   */
  @Override
  public double score(RewardRequest question, String answer) {
    CompletionStage<TeacherReply> call = calls.remove(new Asked(question.sampleId(), answer));
    TeacherReply reply =
        (call == null ? begun(question, answer) : call).toCompletableFuture().join();
    if (reply instanceof TeacherReply.Answer said) {
      return ScoreReply.of(said)
          .orElseThrow(
              () ->
                  new IllegalStateException("no number, or several: '%s'".formatted(said.text())));
    }
    throw new IllegalStateException(why(reply));
  }

  private static String why(TeacherReply reply) {
    if (reply instanceof TeacherReply.Failed failed) {
      return failed.why();
    }
    return reply instanceof TeacherReply.Unserved unserved
        ? unserved.why()
        : ((TeacherReply.Refused) reply).why();
  }

  private CompletionStage<TeacherReply> begun(RewardRequest question, String answer) {
    try {
      return client.ask(TeacherRequest.of(Role.SCORER, prompt, row(question, answer)));
    } catch (IOException | UncheckedIOException e) {
      return CompletableFuture.completedFuture(
          new TeacherReply.Failed(
              "cannot send picture %s: %s".formatted(question.imagePath(), e.getMessage()), null));
    }
  }

  private Picture picture(String imagePath) throws IOException {
    if (!Objects.equals(imagePath, last.imagePath())) {
      byte[] bytes = source.read(imagePath);
      String sha256 = Sha256.of(bytes);
      last = new Picture(imagePath, sha256, sent.put(bytes, sha256));
    }
    return last;
  }

  private TeacherRow row(RewardRequest question, String answer) throws IOException {
    Picture picture = question.imagePath() == null ? NO_PICTURE : picture(question.imagePath());
    return new TeacherRow(
        question.sampleId(),
        STEP,
        picture.sha256(),
        picture.sentPath(),
        question.question(),
        question.choices() == null ? null : question.choices().options(),
        question.type(),
        null,
        null,
        null,
        answer,
        null);
  }

  @Override
  public void close() {
    client.close();
  }
}
