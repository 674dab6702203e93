package org.sightmill.pipeline.teacher.openai;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import org.sightmill.pipeline.teacher.CallFault;

/** Collects a reply's body up to a bound. */
final class ReplyBody implements HttpResponse.BodySubscriber<byte[]> {
  /** The longest reply of a reasoner is under 1 MB; this is an error page without end. */
  static final int MAX_BYTES = 32 << 20;

  private final OpenCall call;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(1 << 12);
  private final CompletableFuture<byte[]> body = new CompletableFuture<>();
  private Flow.Subscription subscription;

  ReplyBody(OpenCall call) {
    this.call = call;
  }

  @Override
  public CompletionStage<byte[]> getBody() {
    return body;
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    this.subscription = subscription;
    call.partCame();
    subscription.request(Long.MAX_VALUE);
  }

  @Override
  public void onNext(List<ByteBuffer> parts) {
    call.partCame();
    for (ByteBuffer part : parts) {
      byte[] copy = new byte[part.remaining()];
      part.get(copy);
      bytes.write(copy, 0, copy.length);
    }
    if (bytes.size() > MAX_BYTES) {
      subscription.cancel();
      body.completeExceptionally(
          CallFailure.of(CallFault.REPLY_TOO_LARGE, "over %d bytes".formatted(MAX_BYTES)));
    }
  }

  @Override
  public void onError(Throwable error) {
    body.completeExceptionally(error);
  }

  @Override
  public void onComplete() {
    body.complete(bytes.toByteArray());
  }
}
