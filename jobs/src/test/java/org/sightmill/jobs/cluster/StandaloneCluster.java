package org.sightmill.jobs.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A master and workers, each a process of its own on the loopback address. */
final class StandaloneCluster implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(3);

  private final SparkHome home;
  private final Path logs;
  private final int port;
  private final Path folder;
  private final List<String> workerOptions;
  private final List<Process> processes = new ArrayList<>();
  private final List<Process> workers = new ArrayList<>();

  private StandaloneCluster(
      SparkHome home, int port, Path folder, Path logs, List<String> workerOptions) {
    this.home = home;
    this.port = port;
    this.folder = folder;
    this.logs = logs;
    this.workerOptions = List.copyOf(workerOptions);
  }

  static StandaloneCluster start(Path folder, int workers)
      throws IOException, InterruptedException {
    return start(folder, workers, List.of());
  }

  /** Workers that each declare one GPU, which need not exist. */
  static StandaloneCluster startWithGpus(Path folder, int workers)
      throws IOException, InterruptedException {
    Path script = Files.createDirectories(folder).resolve("discover-gpus.sh");
    Files.writeString(script, "#!/bin/sh\necho '{\"name\": \"gpu\", \"addresses\": [\"0\"]}'\n");
    if (!script.toFile().setExecutable(true)) {
      throw new IOException("cannot make %s executable".formatted(script));
    }
    return start(
        folder,
        workers,
        List.of(
            "-Dspark.worker.resource.gpu.amount=1",
            "-Dspark.worker.resource.gpu.discoveryScript=" + script));
  }

  private static StandaloneCluster start(Path folder, int workers, List<String> workerOptions)
      throws IOException, InterruptedException {
    SparkHome home = SparkHome.shared();
    Path logs = Files.createDirectories(folder.resolve("logs"));
    StandaloneCluster cluster =
        new StandaloneCluster(home, freePort(), folder, logs, workerOptions);
    try {
      cluster.startMaster();
      cluster.startWorkers(workers);
    } catch (IOException | InterruptedException | RuntimeException e) {
      cluster.close();
      throw e;
    }
    return cluster;
  }

  private void startMaster() throws IOException, InterruptedException {
    launch(
        "master",
        List.of(),
        "org.apache.spark.deploy.master.Master",
        List.of("--host", "127.0.0.1", "--port", Integer.toString(port), "--webui-port", "0"));
    awaitPort();
  }

  /** Starts more workers, and returns when the master knows them. */
  void startWorkers(int count) throws IOException, InterruptedException {
    int first = workers.size();
    for (int i = first; i < first + count; i++) {
      startWorker(i);
    }
    for (int i = first; i < first + count; i++) {
      awaitLog("worker-" + i, "Successfully registered with master");
    }
  }

  private void startWorker(int number) throws IOException {
    Process worker =
        launch(
            "worker-" + number,
            workerOptions,
            "org.apache.spark.deploy.worker.Worker",
            List.of(
                "--host",
                "127.0.0.1",
                "--webui-port",
                "0",
                "--cores",
                "1",
                "--memory",
                "2g",
                "--work-dir",
                folder.resolve("work-" + number).toString(),
                masterUrl()));
    workers.add(worker);
  }

  /** Kills the worker that was started last; its executors then end by themselves. */
  boolean killNewestWorker() {
    return workers.get(workers.size() - 1).toHandle().destroyForcibly();
  }

  private Process launch(
      String name, List<String> jvmOptions, String mainClass, List<String> arguments)
      throws IOException {
    List<String> options = new ArrayList<>(jvmOptions);
    options.add("-Xmx384m");
    Process process = home.start(logs, log(name), options, mainClass, arguments);
    processes.add(process);
    return process;
  }

  String masterUrl() {
    return "spark://127.0.0.1:" + port;
  }

  Path log(String name) {
    return logs.resolve(name + ".log");
  }

  /** Plain spark-submit of the application jar, in {@code folder}; the process is the driver. */
  Process submit(
      Path folder, String name, String master, List<String> options, List<String> arguments)
      throws IOException {
    return submitJar(applicationJar(), folder, name, master, options, arguments);
  }

  /** The same with another jar. */
  Process submitJar(
      String jar,
      Path folder,
      String name,
      String master,
      List<String> options,
      List<String> arguments)
      throws IOException {
    List<String> all = new ArrayList<>(List.of("--master", master));
    all.addAll(options);
    all.addAll(List.of("--class", "org.sightmill.jobs.cli.Sightmill", jar));
    all.addAll(arguments);
    Process driver =
        home.start(
            folder, log(name), List.of("-Xmx1g"), "org.apache.spark.deploy.SparkSubmit", all);
    processes.add(driver);
    return driver;
  }

  /** One of Spark's servers beside the cluster, until it is closed. */
  AutoCloseable serve(String name, List<String> jvmOptions, String mainClass) throws IOException {
    Process server = launch(name, jvmOptions, mainClass, List.of());
    return () -> server.destroyForcibly().onExit().join();
  }

  private static String applicationJar() {
    String jar = System.getProperty("sightmill.jar");
    if (jar == null) {
      throw new IllegalStateException("system property sightmill.jar names no application jar");
    }
    return jar;
  }

  /** The executors that run now, of all workers. */
  List<ProcessHandle> executors() {
    return processes.stream()
        .flatMap(Process::descendants)
        .filter(
            handle ->
                handle
                    .info()
                    .arguments()
                    .map(arguments -> Stream.of(arguments).anyMatch(StandaloneCluster::isBackend))
                    .orElse(false))
        .toList();
  }

  private static boolean isBackend(String argument) {
    return argument.endsWith("CoarseGrainedExecutorBackend");
  }

  private void awaitPort() throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (Instant.now().isBefore(limit)) {
      try (Socket socket = new Socket("127.0.0.1", port)) {
        if (socket.isConnected()) {
          return;
        }
      } catch (IOException e) {
        Thread.sleep(100);
      }
    }
    throw new IOException("no master on port %d; see %s".formatted(port, log("master")));
  }

  private void awaitLog(String name, String text) throws IOException, InterruptedException {
    Instant limit = Instant.now().plus(START_LIMIT);
    while (Instant.now().isBefore(limit)) {
      if (Files.readString(log(name)).contains(text)) {
        return;
      }
      Thread.sleep(100);
    }
    throw new IOException("'%s' does not stand in %s".formatted(text, log(name)));
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  /** Ends every process and its descendants. */
  @Override
  public void close() {
    List<ProcessHandle> all =
        processes.stream()
            .flatMap(p -> Stream.concat(Stream.of(p.toHandle()), p.descendants()))
            .toList();
    all.forEach(ProcessHandle::destroyForcibly);
    all.forEach(handle -> handle.onExit().join());
  }
}
