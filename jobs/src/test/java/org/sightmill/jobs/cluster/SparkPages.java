package org.sightmill.jobs.cluster;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** On which web pages of a running application texts of interest were ever seen. */
final class SparkPages {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String NO_SUCH_PLAN = "No information to display for query";
  private static final List<String> PAGES =
      List.of(
          "/environment/",
          "/jobs/",
          "/stages/",
          "/executors/",
          "/SQL/",
          "/metrics/json/",
          "/api/v1/applications");

  private final String url;
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<String, Set<String>> seenOn = new TreeMap<>();
  private int plans;

  /**
   * @param texts what {@link #with} can be asked for
   */
  SparkPages(int port, String... texts) {
    this.url = "http://127.0.0.1:" + port;
    for (String text : texts) {
      seenOn.put(text, new TreeSet<>());
    }
  }

  /** Reads every page, and the plans of queries that are new, while the process lives. */
  void watch(Process application) throws InterruptedException {
    while (application.isAlive()) {
      PAGES.forEach(this::look);
      while (lookAtPlan()) {
        plans++;
      }
      Thread.sleep(200);
    }
  }

  private boolean lookAtPlan() {
    return look("/SQL/execution/?id=" + plans);
  }

  /** False when there is no such page, not yet or not any more. */
  private boolean look(String page) {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url + page)).timeout(PATIENCE).build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      boolean isThere = answer.statusCode() == 200 && !answer.body().contains(NO_SUCH_PLAN);
      if (isThere) {
        search(page, answer.body());
      }
      return isThere;
    } catch (IOException e) {
      // The application has not opened its pages, or has closed them.
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void search(String page, String body) {
    seenOn.forEach(
        (text, pages) -> {
          if (body.contains(text)) {
            pages.add(page);
          }
        });
  }

  /** The pages that held a text at any time. */
  Set<String> with(String text) {
    return seenOn.get(text);
  }

  /** How many queries' plans were seen. */
  int plans() {
    return plans;
  }
}
