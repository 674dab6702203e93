package org.sightmill.pipeline.collect;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * What a run of collect made, looked at by source.
 *
 * @param rows by id
 * @param reasons of rejected rows by id, {@code code: detail}
 */
record Collected(Map<String, Row> rows, Map<String, String> reasons) {

  static Collected of(CollectRun run) {
    return new Collected(run.byId(), run.reasons());
  }

  /** {@code id type answer} of a source's rows. */
  List<String> answers(String source) {
    return rows.entrySet().stream()
        .filter(row -> row.getValue().getAs("source").equals(source))
        .map(
            row ->
                "%s %s %s"
                    .formatted(
                        row.getKey(),
                        row.getValue().getAs("answer_type"),
                        row.getValue().getAs("answer")))
        .toList();
  }

  /** {@code id code} of a source's rejected rows. */
  List<String> reasons(String source) {
    List<String> found = new ArrayList<>();
    reasons.forEach(
        (id, reason) -> {
          if (id.startsWith(source + "-")) {
            found.add(id + " " + reason.substring(0, reason.indexOf(':')));
          }
        });
    return found;
  }

  String text(String id, String column) {
    return rows.get(id).getAs(column);
  }
}
