package org.sightmill.jobs.cluster;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** The property files of {@code conf/spark}, as spark-submit reads them. */
final class Presets {
  private Presets() {}

  static Path file(String name) {
    return Path.of("../conf/spark", name + ".conf");
  }

  static Map<String, String> read(String name) throws IOException {
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file(name))) {
      properties.load(in);
    }
    Map<String, String> settings = new TreeMap<>();
    properties.stringPropertyNames().forEach(key -> settings.put(key, properties.getProperty(key)));
    return settings;
  }
}
