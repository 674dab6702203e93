package org.sightmill.jobs.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An S3 server in a process of its own, with one bucket, which anybody may use. */
final class S3Server implements AutoCloseable {
  /** What clients sign with; the server does not look. */
  static final Map<String, String> KEYS =
      Map.of("AWS_ACCESS_KEY_ID", "test", "AWS_SECRET_ACCESS_KEY", "test");

  private static final Duration START_LIMIT = Duration.ofMinutes(5);

  private final Process process;
  private final int port;

  private S3Server(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, keeping objects in a folder, and makes the bucket {@code mill}. */
  static S3Server start(Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path log = Files.createDirectories(folder).resolve("s3.log");
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx384m",
            "-jar",
            jar(),
            "--server.port=0",
            "--spring.main.lazy-initialization=true", // half of its start
            "--com.adobe.testing.s3mock.http-port=" + port,
            "--com.adobe.testing.s3mock.store.root=" + folder.resolve("objects"));
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start();
    S3Server server = new S3Server(process, port);
    server.makeBucket(log);
    return server;
  }

  private static String jar() {
    String jar = System.getProperty("s3mock.jar");
    if (jar == null) {
      throw new IllegalStateException("system property s3mock.jar names no S3 server");
    }
    return jar;
  }

  private void makeBucket(Path log) throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(START_LIMIT);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/mill".formatted(port)))
            .PUT(HttpRequest.BodyPublishers.noBody())
            .build();
    while (Instant.now().isBefore(limit) && process.isAlive()) {
      try {
        int status =
            HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
        if (status == 200) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(200); // it has not opened its port
      }
    }
    close();
    throw new IOException("no S3 server came up; its log:%n%s".formatted(Files.readString(log)));
  }

  int port() {
    return port;
  }

  /** Spark's settings for it: those of {@code conf/spark/s3.conf}, at this address. */
  static Map<String, String> settings(int port) throws IOException {
    Map<String, String> settings = new TreeMap<>(Presets.read("s3"));
    settings.put("spark.hadoop.fs.s3a.endpoint", "http://127.0.0.1:" + port);
    settings.put("spark.hadoop.fs.s3a.endpoint.region", "us-east-1");
    settings.put("spark.hadoop.fs.s3a.path.style.access", "true");
    settings.put("spark.hadoop.fs.s3a.connection.ssl.enabled", "false");
    return settings;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
