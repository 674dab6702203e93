package org.sightmill.pipeline.collect.source;

import java.io.Serializable;

/**
 * How the records of one source are taken in; sent to executors.
 *
 * @param config with everything that its reader sets
 * @param form what a record becomes before it is mapped
 */
record Intake(SourceConfig config, RecordForm form) implements Serializable {

  /** Records as they are. */
  static Intake of(SourceConfig config) {
    return new Intake(config, RecordForm.AS_IT_IS);
  }

  /** The field of a JSON object that holds the records; null = the object itself. */
  String records() {
    return config.options().get(JsonFile.RECORDS);
  }
}
