package org.sightmill.pipeline.calls;

import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.TaskCompletionListener;

/** One partition of a calling stage, on an executor. */
final class CallTask implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final RowLogic logic;
  private final StepTeachers teachers;
  private final CallSite site;
  private final StructType input;
  private final StructType output;

  CallTask(
      RowLogic logic, StepTeachers teachers, CallSite site, StructType input, StructType output) {
    this.logic = logic;
    this.teachers = teachers;
    this.site = site;
    this.input = input;
    this.output = output;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    OpenClients clients = new OpenClients(teachers, site);
    TaskCompletionListener closing = ended -> clients.close();
    TaskContext.get().addTaskCompletionListener(closing);
    RowEnding ending =
        new RowEnding(
            teachers, new RowAssembler(input, output, logic.columns(), site.step()), site.meter());
    return new CallingIterator(rows, logic, clients, teachers.settings(), ending);
  }
}
