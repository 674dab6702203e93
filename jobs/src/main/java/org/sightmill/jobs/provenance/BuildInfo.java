package org.sightmill.jobs.provenance;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built, as baked into the jar.
 *
 * @param commit of git, {@code unknown} when built without it
 * @param spark the version built for
 */
public record BuildInfo(String version, String commit, String spark) {
  private static final String RESOURCE = "/sightmill/build.properties";

  /** This jar's. */
  public static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream in = BuildInfo.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("no " + RESOURCE + " in the jar");
      }
      properties.load(in);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + RESOURCE, e);
    }
    return new BuildInfo(
        properties.getProperty("version"),
        properties.getProperty("commit"),
        properties.getProperty("spark"));
  }
}
