package org.sightmill.jobs.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A Spark home made of links to the jars of the test class path: no distribution, nothing copied.
 * All cluster tests of a build share one, and with it an archive of the classes that a run loads:
 * without it each of some hundred processes spends some five seconds of a processor on reading
 * them.
 */
final class SparkHome {
  private static final Path TARGET = Path.of("target").toAbsolutePath();
  private static final int LIMIT_MINUTES = 5;

  /**
   * Short runs on few cores: most of their time would go to the second compiler. An archive that is
   * moved to a random address would be read as a whole.
   */
  private static final String SHORT_RUN =
      "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
          + " -XX:+UnlockDiagnosticVMOptions -XX:ArchiveRelocationMode=0";

  private final Path folder;

  private SparkHome(Path folder) {
    this.folder = folder;
  }

  /** The home of this build, made by whichever test comes first. */
  static SparkHome shared() throws IOException, InterruptedException {
    SparkHome home = new SparkHome(TARGET.resolve("spark-home"));
    Files.createDirectories(TARGET);
    try (FileChannel lock =
            FileChannel.open(
                TARGET.resolve("spark-home.lock"),
                StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        FileLock held = lock.lock()) {
      if (!held.isValid() || !home.isOfThisClassPath()) {
        home.make();
      }
    }
    return home;
  }

  private Path madeOf() {
    return folder.resolve("class-path.txt");
  }

  private Path archive() {
    return folder.resolve("classes.jsa");
  }

  private boolean isOfThisClassPath() throws IOException {
    return Files.exists(madeOf()) && Files.readString(madeOf()).equals(classes());
  }

  private static String classes() {
    return String.join("\n", jars());
  }

  private void make() throws IOException, InterruptedException {
    delete();
    Path links = Files.createDirectories(folder.resolve("jars"));
    for (String jar : jars()) {
      Path link = links.resolve(Path.of(jar).getFileName());
      if (!Files.exists(link)) {
        Files.createSymbolicLink(link, Path.of(jar));
      }
    }
    archiveClasses();
    Files.writeString(madeOf(), classes());
  }

  private void delete() throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> all = Files.walk(folder)) {
        for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
  }

  /** Runs the six steps on a few rows, and keeps the classes that they loaded. */
  private void archiveClasses() throws IOException, InterruptedException {
    Path run = Files.createDirectories(folder.resolve("run"));
    Path config = run.resolve("few.yaml");
    Files.writeString(
        config,
        """
        root: %s
        sources:
          - {name: few, reader: procedural, options: {rows: 40, seed: 1}}
        """
            .formatted(run));
    Path log = run.resolve("log");
    Process process =
        start(
            run,
            log,
            List.of("-Xmx1g", "-XX:ArchiveClassesAtExit=" + archive(), "-Xlog:cds=off"),
            "org.apache.spark.deploy.SparkSubmit",
            List.of(
                "--master",
                "local[2]",
                "--class",
                "org.sightmill.jobs.cli.Sightmill",
                System.getProperty("sightmill.jar"),
                "build",
                "--config",
                config.toString()));
    if (!process.waitFor(LIMIT_MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IOException("the run for the class archive failed:\n" + Files.readString(log));
    }
  }

  /** What of the test class path the home lacks: this project's own classes, tests too. */
  static String ownClasses() {
    return classPath().stream()
        .filter(SparkHome::isOwn)
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static List<String> jars() {
    return classPath().stream().filter(entry -> !isOwn(entry)).toList();
  }

  private static List<String> classPath() {
    return List.of(System.getProperty("java.class.path").split(File.pathSeparator));
  }

  private static boolean isOwn(String entry) {
    return !entry.endsWith(".jar")
        || Path.of(entry).getFileName().toString().startsWith("sightmill");
  }

  /** A process of {@code mainClass} in {@code workFolder}, with its output in {@code log}. */
  Process start(
      Path workFolder, Path log, List<String> jvmOptions, String mainClass, List<String> arguments)
      throws IOException {
    return start(workFolder, log, jvmOptions, mainClass, arguments, Map.of());
  }

  /** The same with further environment variables. */
  Process start(
      Path workFolder,
      Path log,
      List<String> jvmOptions,
      String mainClass,
      List<String> arguments,
      Map<String, String> environment)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(Arrays.asList(JavaModuleOptions.defaultModuleOptions().split(" ")));
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", classPathLikeSparks(), mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_TOOL_OPTIONS", optionsOfAll());
    builder.environment().put("SPARK_HOME", folder.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    builder.directory(workFolder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    return builder.start();
  }

  /** As Spark starts its executors: an archive is of one class path. There is no such folder. */
  private String classPathLikeSparks() {
    return "%s/conf/:%s/jars/*".formatted(folder, folder);
  }

  /** For the process and what it starts: workers, executors, drivers on a cluster. */
  private String optionsOfAll() {
    return Files.exists(archive())
        ? "%s -XX:SharedArchiveFile=%s -Xlog:cds=off -Xlog:class+path=off"
            .formatted(SHORT_RUN, archive())
        : SHORT_RUN;
  }
}
