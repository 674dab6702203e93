package org.sightmill.pipeline.calls;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.teacher.Receipt;

/** Puts the outgoing row together: columns by position, looked up once for each task. */
final class RowAssembler {
  private static final int ABSENT = -1;

  private final int[] inputIndexes;
  private final int[] changedIndexes;
  private final int provenanceIndex;
  private final int codeIndex;
  private final int detailIndex;
  private final String step;

  /**
   * @param changed the columns of a {@link RowChange}, in order
   * @param step the step's label, for provenance
   */
  RowAssembler(StructType input, StructType output, List<String> changed, String step) {
    this.step = step;
    inputIndexes = indexes(List.of(output.fieldNames()), input);
    changedIndexes = indexes(changed, output);
    provenanceIndex = output.fieldIndex("provenance");
    codeIndex = output.fieldIndex(Outcome.CODE);
    detailIndex = output.fieldIndex(Outcome.DETAIL);
  }

  private static int[] indexes(List<String> names, StructType schema) {
    List<String> known = List.of(schema.fieldNames());
    return names.stream().mapToInt(known::indexOf).toArray();
  }

  /**
   * The outgoing row.
   *
   * @param receipt of the call that was made, or null
   */
  Row assemble(Row row, RowChange change, Receipt receipt, String promptSha256) {
    Object[] values = new Object[inputIndexes.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = inputIndexes[i] == ABSENT ? null : row.get(inputIndexes[i]);
    }
    applyChange(values, change);
    if (receipt != null) {
      Row entry = provenance(receipt, promptSha256);
      values[provenanceIndex] = appended(row, inputIndexes[provenanceIndex], entry);
    }
    return RowFactory.create(values);
  }

  private void applyChange(Object[] values, RowChange change) {
    List<Object> changed = change.values();
    for (int i = 0; changed != null && i < changedIndexes.length; i++) {
      values[changedIndexes[i]] = changed.get(i);
    }
    Reject reject = change.rejectOrNull();
    if (reject != null) {
      values[codeIndex] = reject.reason().code();
      values[detailIndex] = reject.detail();
    }
    if (change.stoppedWhyOrNull() != null) {
      values[codeIndex] = Outcome.STOPPED;
      values[detailIndex] = change.stoppedWhyOrNull();
    }
  }

  private Row provenance(Receipt receipt, String promptSha256) {
    return RowFactory.create(
        step,
        receipt.model(),
        receipt.endpoint(),
        promptSha256,
        receipt.requestSha256(),
        receipt.inputTokens(),
        receipt.outputTokens(),
        receipt.costUsd(),
        receipt.latencyMs());
  }

  private static Row[] appended(Row row, int index, Row entry) {
    List<Row> before = row.isNullAt(index) ? List.of() : row.getList(index);
    Row[] all = before.toArray(new Row[before.size() + 1]);
    all[before.size()] = entry;
    return all;
  }
}
