package org.sightmill.jobs.provenance;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.step.Json;
import org.sightmill.pipeline.step.RunLayout;
import org.sightmill.pipeline.step.StepReport;

/** Writes the files of {@code _run/}. */
public final class RunRecord {
  private final RunLayout layout;
  private final Configuration hadoop;

  /** A record in the run's folder, which need not be there yet. */
  public RunRecord(RunLayout layout, Configuration hadoop) {
    this.layout = layout;
    this.hadoop = hadoop;
  }

  /** The file with the resolved configuration. */
  public static final String CONFIG = "config.yaml";

  /** The file that says how the run goes. */
  public static final String STATUS = "status.json";

  /** {@code config.yaml}: the resolved configuration, already masked. */
  public void config(String yaml) {
    write(CONFIG, yaml);
  }

  /** The text of a file in the folder; empty when it is not there. */
  public Optional<String> read(String name) {
    return Optional.of(readOrEmpty(name)).filter(text -> !text.isEmpty());
  }

  /** {@code versions.json}. */
  public void versions(BuildInfo build, String sparkVersion) {
    Map<String, String> versions = new TreeMap<>();
    versions.put("sightmill", build.version());
    versions.put("git_commit", build.commit());
    versions.put("spark_built_for", build.spark());
    versions.put("spark", sparkVersion);
    versions.put("java", System.getProperty("java.vm.vendor") + " " + Runtime.version());
    versions.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    write("versions.json", json(versions));
  }

  /** {@code inputs.json}: the fingerprint of each step and what it was made of. */
  public void input(StepReport report) {
    Map<String, Object> inputs = new TreeMap<>();
    inputs.put("fingerprint", report.fingerprint());
    inputs.put("parts", report.fingerprintParts());
    write("input-" + report.step().label() + ".json", json(inputs));
  }

  /** One more line of {@code metrics.jsonl}: what a step did. */
  public void metrics(StepReport report) {
    Map<String, Object> line = new TreeMap<>();
    line.put("step", report.step().label());
    line.put("counts", report.counts());
    line.put("measures", report.measures());
    line.put("seconds", report.seconds());
    line.put("started_at", report.startedAt());
    try {
      String text =
          Json.MAPPER
              .writer()
              .without(com.fasterxml.jackson.databind.SerializationFeature.INDENT_OUTPUT)
              .writeValueAsString(line);
      // Object stores can't append: the file is small and has one writer.
      write("metrics.jsonl", readOrEmpty("metrics.jsonl") + text + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can't fail to be written", e);
    }
  }

  /** {@code status.json}. */
  public void status(RunStatus status) {
    write(STATUS, json(status));
  }

  /** {@code error.log}: the stack trace that people are spared on the screen. */
  public void error(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    write("error.log", text.toString());
  }

  /** The path of {@code error.log}, for messages. */
  public String errorPath() {
    return path("error.log").toString();
  }

  private static String json(Object value) {
    try {
      return Json.MAPPER.writeValueAsString(value) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain values can't fail to be written", e);
    }
  }

  private Path path(String name) {
    return new Path(layout.runInfo(), name);
  }

  private void write(String name, String text) {
    Path path = path(name);
    try (OutputStream out = path.getFileSystem(hadoop).create(path, true)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write " + path, e);
    }
  }

  private String readOrEmpty(String name) {
    Path path = path(name);
    try {
      FileSystem fileSystem = path.getFileSystem(hadoop);
      if (!fileSystem.exists(path)) {
        return "";
      }
      try (InputStream in = fileSystem.open(path)) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        in.transferTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }
}
