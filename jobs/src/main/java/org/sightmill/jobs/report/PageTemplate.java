package org.sightmill.jobs.report;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** The page with its style, its script and Chart.js inside. */
final class PageTemplate {
  private static final String FOLDER = "/sightmill/report/";

  /** Chart.js, MIT licence, as its WebJar packs it. */
  private static final String CHART =
      "/META-INF/resources/webjars/chart.js/4.5.1/dist/chart.umd.min.js";

  private PageTemplate() {}

  /** The page over this JSON. */
  static String fill(String json) throws IOException {
    return resource(FOLDER + "page.html")
        .replace("@@STYLE@@", resource(FOLDER + "page.css"))
        .replace("@@CHART@@", chart())
        .replace("@@SCRIPT@@", resource(FOLDER + "page.js"))
        .replace("@@DATA@@", inert(json));
  }

  /** The source map is another file, which a page without a network can't load. */
  private static String chart() throws IOException {
    return resource(CHART).replaceAll("(?m)^//# sourceMappingURL=.*$", "");
  }

  /** No text of a data set can end the script element that it stands in. */
  private static String inert(String json) {
    return json.replace("<", "\\u003c");
  }

  private static String resource(String name) throws IOException {
    try (InputStream in = PageTemplate.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the class path lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
