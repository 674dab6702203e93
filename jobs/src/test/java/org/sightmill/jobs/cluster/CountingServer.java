package org.sightmill.jobs.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A model server that reasons the same about everything, takes its time, and counts. */
final class CountingServer implements AutoCloseable {
  private static final int THREADS = 128;
  private static final byte[] REPLY =
      ("{\"id\":\"c\",\"object\":\"chat.completion\",\"model\":\"m\",\"choices\":[{\"index\":0,"
              + "\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":"
              + "\"<think>\\nI count them.\\n</think>\\n\\nAnswer: 3\"}}],"
              + "\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5}}")
          .getBytes(StandardCharsets.UTF_8);

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final long latencyMillis;
  private final AtomicInteger calls = new AtomicInteger();
  private final Map<String, AtomicInteger> byBody = new ConcurrentHashMap<>();

  CountingServer(long latencyMillis) throws IOException {
    this.latencyMillis = latencyMillis;
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 256);
    server.createContext("/", this::answer);
    server.setExecutor(threads);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      calls.incrementAndGet();
      byBody.computeIfAbsent(body, key -> new AtomicInteger()).incrementAndGet();
      Thread.sleep(latencyMillis);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, REPLY.length);
      exchange.getResponseBody().write(REPLY);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
  }

  /** Requests that arrived. */
  int calls() {
    return calls.get();
  }

  /** Different requests. */
  int requests() {
    return byBody.size();
  }

  /** Requests beyond the first with the same body. */
  int repeated() {
    return calls() - requests();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
