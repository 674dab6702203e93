package org.sightmill.pipeline.collect.source;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Serializable;
import java.util.function.Consumer;

/** What an official distribution's record becomes. A pure function; sent to executors. */
interface RecordForm extends Serializable {
  /** For sources whose map says it all. */
  RecordForm AS_IT_IS = (record, out) -> out.accept(Shaped.unchanged(record));

  /** Gives the questions that the record holds, often one. */
  void shape(ObjectNode record, Consumer<Shaped> out);
}
