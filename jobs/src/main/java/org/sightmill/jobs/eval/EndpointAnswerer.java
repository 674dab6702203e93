package org.sightmill.jobs.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.apache.hadoop.conf.Configuration;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.prompt.Sha256;
import org.sightmill.pipeline.teacher.CallMeter;
import org.sightmill.pipeline.teacher.Receipt;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.TeacherRow;
import org.sightmill.pipeline.teacher.Teachers;
import org.sightmill.pipeline.teacher.log.ResponseLogs;
import org.sightmill.pipeline.teacher.spend.Spending;
import org.sightmill.trainer.eval.Answerer;
import org.sightmill.trainer.eval.Prediction;
import org.sightmill.trainer.eval.Query;

/**
 * Answers through the pipeline's teacher client: its pool, its retries, its log, so that no answer
 * is paid for twice. A call that fails for good is the item's counted outcome, by the name of its
 * {@code CallFault}. Any number of tasks use one at the same time.
 */
final class EndpointAnswerer implements Answerer {
  /** The outcome of an item with several pictures: the client sends one. */
  static final String SEVERAL_IMAGES = "IMAGES_SEVERAL";

  /** Calls that one task has open; the pool's flow control decides how many are on the wire. */
  private static final int CALLS = 32;

  private static final String THINK = "<think>%s</think>%s";

  private final TeacherConfig config;
  private final String folder;
  private final Configuration hadoop = HadoopSettings.fromProperties();
  private final SentPictures pictures;

  EndpointAnswerer(TeacherConfig config, String folder) {
    this.config = config;
    this.folder = folder;
    this.pictures = new SentPictures(folder, hadoop);
  }

  @Override
  public int batch() {
    return CALLS;
  }

  @Override
  public boolean takesTurns() {
    return false;
  }

  @Override
  public List<List<Prediction>> sample(List<Query> queries, int samples) {
    if (samples != 1) {
      // Equal requests share one logged reply.
      throw new IllegalArgumentException(
          "an endpoint gives one answer to an item but was asked for " + samples);
    }
    try (TeacherClient client =
        Teachers.named(config.provider()).open(Role.ANSWERER, config, context())) {
      List<CompletionStage<Prediction>> calls = new ArrayList<>();
      for (Query query : queries) {
        calls.add(asked(client, query));
      }
      return calls.stream().map(call -> List.of(joined(call))).toList();
    }
  }

  private TeacherContext context() {
    return new TeacherContext(
        folder,
        "evaluate",
        ResponseLogs.shared(folder + "/_responses", hadoop),
        Spending.unlimited(),
        CallMeter.NONE,
        hadoop);
  }

  private CompletionStage<Prediction> asked(TeacherClient client, Query query) {
    if (query.images().size() != 1) {
      return java.util.concurrent.CompletableFuture.completedFuture(
          Prediction.none(query.index(), SEVERAL_IMAGES));
    }
    String sha256 = Sha256.of(query.images().get(0));
    String path = pictures.put(query.images().get(0), sha256);
    TeacherRow row =
        new TeacherRow(
            query.index(),
            "evaluate",
            sha256,
            path,
            query.text(),
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    String prompt = Sha256.ofAll(query.system().orElse(""));
    return client
        .ask(
            new TeacherRequest(
                Role.ANSWERER, query.system().orElse(null), query.text(), prompt, row))
        .thenApply(reply -> prediction(query.index(), reply));
  }

  private static Prediction joined(CompletionStage<Prediction> call) {
    try {
      return call.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException defect ? defect : e;
    }
  }

  private static Prediction prediction(String index, TeacherReply reply) {
    if (!(reply instanceof TeacherReply.Answer answer)) {
      return Prediction.none(index, code(reply));
    }
    Receipt receipt = answer.receipt();
    return new Prediction(
        index,
        Prediction.ANSWERED,
        whole(answer),
        answer.cut(),
        tokens(receipt.inputTokens()),
        tokens(receipt.outputTokens()),
        0);
  }

  /** A server that takes thinking apart puts it into a field of its own. */
  private static String whole(TeacherReply.Answer answer) {
    return answer.reasoning() == null
        ? answer.text()
        : THINK.formatted(answer.reasoning(), answer.text());
  }

  private static int tokens(Long count) {
    return count == null ? 0 : Math.toIntExact(count);
  }

  /** A failure's message begins with its code. */
  private static String code(TeacherReply reply) {
    if (reply instanceof TeacherReply.Failed failed) {
      int colon = failed.why().indexOf(':');
      return colon < 0 ? failed.why() : failed.why().substring(0, colon);
    }
    throw new IllegalStateException("an endpoint without limits said " + reply);
  }

  @Override
  public List<OptionalDouble> perplexities(List<Query> queries, List<String> completions) {
    throw new UnsupportedOperationException(
        "an endpoint tells no log-probabilities of a given text: use a model's folder");
  }

  @Override
  public void close() {}
}
