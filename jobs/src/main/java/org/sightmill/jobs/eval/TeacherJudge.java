package org.sightmill.jobs.eval;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletionStage;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.prompt.Prompt;
import org.sightmill.pipeline.prompt.Prompts;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.JudgeReply;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.RolePrompts;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.TeacherRow;
import org.sightmill.pipeline.teacher.Teachers;
import org.sightmill.pipeline.teacher.log.ResponseLog;
import org.sightmill.pipeline.teacher.log.ResponseLogs;
import org.sightmill.pipeline.teacher.spend.Spending;
import org.sightmill.trainer.eval.AnswerJudge;

/** The pipeline's judge, with its prompt, in place of the evaluator's own judge. */
public final class TeacherJudge implements AnswerJudge, AutoCloseable {
  private final TeacherConfig config;
  private final TeacherClient client;
  private final Prompt prompt;

  /**
   * Opens the judge; {@code folder} keeps its replies, so that nothing is asked twice.
   *
   * @throws InvalidConfigException when a budget is set: only the steps of a run keep one
   */
  public TeacherJudge(TeacherConfig config, String folder) {
    if (config.budgetUsd() != null) {
      throw new InvalidConfigException(
          List.of("teachers.judge.budget_usd is kept by the steps of a run, not by evaluations"));
    }
    this.config = config;
    this.client = Teachers.named(config.provider()).open(Role.JUDGE, config, context(folder));
    this.prompt = RolePrompts.load(Prompts.packaged(), Role.JUDGE);
  }

  /** A judge behind endpoints, at the judge's own standards of sampling and retries. */
  public static TeacherConfig served(
      String provider, String model, SortedMap<String, String> options, List<EndpointConfig> at) {
    return new TeacherConfig(
        provider, model, options, null, null, null, at, null, null, null, null, null, null);
  }

  private static TeacherContext context(String folder) {
    ResponseLog log = ResponseLogs.shared(folder + "/_responses", HadoopSettings.fromProperties());
    return new TeacherContext(folder, "evaluate", log, Spending.unlimited());
  }

  @Override
  public String name() {
    return config.model() == null ? config.provider() : config.model();
  }

  @Override
  public List<Optional<Boolean>> agree(List<Question> questions) {
    List<CompletionStage<TeacherReply>> calls = new ArrayList<>();
    for (Question question : questions) {
      calls.add(client.ask(TeacherRequest.of(Role.JUDGE, prompt, row(question))));
    }
    return calls.stream().map(call -> said(call.toCompletableFuture().join())).toList();
  }

  private static TeacherRow row(Question question) {
    return new TeacherRow(
        question.index(),
        "evaluate",
        null,
        null,
        question.question(),
        question.gold().choices() == null ? null : question.gold().choices().options(),
        question.gold().type(),
        null,
        null,
        null,
        question.prediction(),
        question.gold().answer());
  }

  /** A reply that is neither yes nor no, or none at all, leaves the item unresolved. */
  private static Optional<Boolean> said(TeacherReply reply) {
    return reply instanceof TeacherReply.Answer answer
        ? JudgeReply.of(answer).map(JudgeReply::yes)
        : Optional.empty();
  }

  @Override
  public void close() {
    client.close();
  }
}
