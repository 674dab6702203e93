package org.sightmill.pipeline.teacher.openai;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.sightmill.pipeline.prompt.Sha256;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.CallMeter;
import org.sightmill.pipeline.teacher.PictureConfig;
import org.sightmill.pipeline.teacher.Receipt;
import org.sightmill.pipeline.teacher.Retries;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherClient;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherContext;
import org.sightmill.pipeline.teacher.TeacherReply;
import org.sightmill.pipeline.teacher.TeacherRequest;
import org.sightmill.pipeline.teacher.log.LoggedReply;

/** One task's calls: what the log has is answered from there, equal requests share one call. */
final class OpenAiClient implements TeacherClient {
  private final TeacherConfig config;
  private final TeacherContext context;
  private final RequestForm form;
  private final PictureConfig pictures;
  private final PictureShelf shelf;
  private final AskingDesk desk;
  private final Set<Asking> mine = ConcurrentHashMap.newKeySet();

  OpenAiClient(Role role, TeacherConfig config, TeacherContext context) {
    this.config = config;
    this.context = context;
    this.pictures = config.pictures() == null ? PictureConfig.STANDARD : config.pictures();
    this.form = form(role, config, pictures);
    this.shelf = new PictureShelf(context.runFolder(), pictures, context.hadoop());
    Retries retries = config.retries() == null ? Retries.STANDARD : config.retries();
    this.desk =
        new AskingDesk(role, config.model(), form, retries, context, SharedPool.open(config));
  }

  private static RequestForm form(Role role, TeacherConfig config, PictureConfig pictures) {
    if (role != Role.SCORER || config.form() == null) {
      return new ChatForm(role, config, pictures);
    }
    return switch (config.form()) {
      case CHAT -> new ChatForm(role, config, pictures);
      case POOLING -> new PoolingForm(config.model(), pictures);
      case HTTP -> new HttpScorerForm(config.model(), pictures);
    };
  }

  @Override
  public CompletionStage<TeacherReply> ask(TeacherRequest request) {
    if (desk.role() == Role.CAPTIONER && request.row().imagePath() == null) {
      return CompletableFuture.completedFuture(
          new TeacherReply.Unserved("there is no picture to caption"));
    }
    String sha256 = Sha256.of(form.identity(request));
    Optional<TeacherReply> known =
        context.log().find(sha256, request.row().sampleId()).flatMap(this::replayed);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known.get())
        : asked(request, sha256);
  }

  /** What the log has, unless it is a failure that may pass. */
  private Optional<TeacherReply> replayed(LoggedReply logged) {
    Receipt receipt =
        new Receipt(
            logged.model(),
            logged.endpoint(),
            logged.requestSha256(),
            logged.inputTokens(),
            logged.outputTokens(),
            logged.costUsd(),
            logged.latencyMs());
    if (logged.outcome() instanceof LoggedReply.Failure failure) {
      return isFinal(failure.code())
          ? Optional.of(new TeacherReply.Failed(failure.message(), receipt))
          : Optional.empty();
    }
    context.meter().add(CallMeter.REPLAYED, 1);
    LoggedReply.Answer answer = (LoggedReply.Answer) logged.outcome();
    return Optional.of(
        new TeacherReply.Answer(
            answer.text(), answer.reasoning(), receipt, ChatReply.isCut(answer.finishReason())));
  }

  private static boolean isFinal(String code) {
    for (CallFault fault : CallFault.values()) {
      if (fault.name().equals(code)) {
        return fault.kind() == CallFault.Kind.FINAL;
      }
    }
    return false;
  }

  private CompletionStage<TeacherReply> asked(TeacherRequest request, String sha256) {
    Asking fresh = new Asking(desk, request, sha256);
    Asking asking =
        desk.shared()
            .askings()
            .compute(sha256, (key, open) -> open != null && open.join() ? open : fresh);
    mine.add(asking);
    asking.done().whenComplete((reply, error) -> mine.remove(asking));
    if (asking == fresh) {
      start(fresh, request);
    }
    return asking.done();
  }

  private void start(Asking asking, TeacherRequest request) {
    if (!form.wantsPicture(request)) {
      asking.start(form.body(request, null), charge(request, 0));
      return;
    }
    shelf
        .fetch(request.row().imagePath())
        .thenAccept(
            picture ->
                asking.start(form.body(request, picture), charge(request, pictures.maxPixels())))
        .exceptionally(error -> withoutPicture(asking, error));
  }

  private static Void withoutPicture(Asking asking, Throwable error) {
    Throwable cause = error instanceof CompletionException ? error.getCause() : error;
    if (cause instanceof CallFailure failure) {
      asking.refuse(failure);
    } else {
      asking.fail(cause);
    }
    return null;
  }

  private Charge charge(TeacherRequest request, int picturePixels) {
    String system = request.system() == null ? "" : request.system();
    long bytes = Utf8.bytes(system).length + (long) Utf8.bytes(request.user()).length;
    return Charge.of(config.prices(), bytes, picturePixels, form.maximumReplyTokens());
  }

  @Override
  public void close() {
    List.copyOf(mine).forEach(Asking::leave);
    desk.shared().release();
  }
}
