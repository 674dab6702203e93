package org.sightmill.jobs.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.launcher.JavaModuleOptions;

/**
 * A Spark home made of links to the jars of the test class path: no distribution, nothing copied.
 */
final class SparkHome {
  /** Short runs on few cores: most of their time would go to the second compiler. */
  static final List<String> SHORT_RUN = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Path folder;

  private SparkHome(Path folder) {
    this.folder = folder;
  }

  static SparkHome linkedIn(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (String entry : classPath()) {
      Path jar = Path.of(entry);
      if (!isOwn(entry)) {
        Path link = jars.resolve(jar.getFileName());
        if (!Files.exists(link)) {
          Files.createSymbolicLink(link, jar);
        }
      }
    }
    return new SparkHome(folder);
  }

  /** What of the test class path the home lacks: this project's own classes, tests too. */
  static String ownClasses() {
    return classPath().stream()
        .filter(SparkHome::isOwn)
        .collect(Collectors.joining(File.pathSeparator));
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
    command.addAll(SHORT_RUN);
    command.addAll(jvmOptions);
    command.addAll(List.of("-cp", folder.resolve("jars") + "/*", mainClass));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("SPARK_HOME", folder.toString());
    builder.environment().put("SPARK_SCALA_VERSION", "2.13");
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    builder.environment().putAll(environment);
    builder.directory(workFolder.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
    return builder.start();
  }
}
