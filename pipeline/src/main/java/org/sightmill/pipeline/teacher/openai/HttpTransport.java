package org.sightmill.pipeline.teacher.openai;

import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import javax.net.ssl.SSLException;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.Timeouts;

/**
 * Sends requests and takes whole replies, every wait with a limit. One for each pool; its threads
 * are daemons of the whole JVM.
 */
final class HttpTransport {
  /** Parsing takes microseconds; more threads only change places. */
  private static final int THREADS = Math.max(2, Runtime.getRuntime().availableProcessors());

  private static final Executor EXECUTOR =
      Executors.newFixedThreadPool(THREADS, Daemons.named("sightmill-http"));
  private static final double MILLIS = 1_000;

  private final HttpClient client;
  private final Watchdog watchdog;
  private final Timeouts timeouts;

  HttpTransport(Timeouts timeouts, Watchdog watchdog) {
    this.timeouts = timeouts;
    this.watchdog = watchdog;
    this.client =
        HttpClient.newBuilder()
            // Model servers speak 1.1; the offer to upgrade that 2 begins with confuses some.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(millis(timeouts.connectSeconds()))
            .executor(EXECUTOR)
            .build();
  }

  private static Duration millis(double seconds) {
    return Duration.ofMillis(Math.max(1, Math.round(seconds * MILLIS)));
  }

  /**
   * Posts JSON. Completes with the reply whatever its status, or exceptionally with a {@link
   * CallFailure}, on a thread of this transport.
   *
   * @param key sent as a bearer token; null for none
   */
  CompletableFuture<HttpAnswer> post(URI uri, byte[] json, String key) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .header("Accept", "application/json")
            .header("User-Agent", "sightmill")
            .POST(HttpRequest.BodyPublishers.ofByteArray(json));
    if (key != null) {
      request.header("Authorization", "Bearer " + key);
    }
    OpenCall call = new OpenCall(timeouts);
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request.build(), head -> new ReplyBody(call));
    call.attach(sent);
    watchdog.watch(call);
    CompletionStage<HttpResponse<byte[]>> exchange = sent;
    exchange.whenComplete((response, error) -> ended(call, response, error));
    return call.answer();
  }

  private void ended(OpenCall call, HttpResponse<byte[]> response, Throwable error) {
    watchdog.forget(call);
    if (error == null) {
      call.answer()
          .complete(new HttpAnswer(response.statusCode(), response.headers(), response.body()));
    } else {
      call.answer().completeExceptionally(failure(call, unwrapped(error)));
    }
  }

  private static Throwable unwrapped(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause()
        : error;
  }

  private static CallFailure failure(OpenCall call, Throwable error) {
    if (error instanceof CallFailure known) {
      return known;
    }
    String text = error.getClass().getSimpleName() + ": " + error.getMessage();
    return CallFailure.of(fault(call, error), text);
  }

  private static CallFault fault(OpenCall call, Throwable error) {
    if (error instanceof ConnectException || error instanceof HttpConnectTimeoutException) {
      return CallFault.CONNECT_FAILED;
    }
    for (Throwable t = error; t != null; t = t.getCause()) {
      // Only a handshake fails before the request is sent; what fails within TLS later is a loss.
      if (t instanceof java.security.cert.CertificateException
          || (t instanceof SSLException && isAboutCertificate(t))) {
        return CallFault.CERTIFICATE_INVALID;
      }
    }
    return call.hasBegun() ? CallFault.BODY_CUT : CallFault.CONNECTION_LOST;
  }

  private static boolean isAboutCertificate(Throwable error) {
    String text = String.valueOf(error.getMessage());
    return text.contains("certif") || text.contains("PKIX") || text.contains("hostname");
  }
}
