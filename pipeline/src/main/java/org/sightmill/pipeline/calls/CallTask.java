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
  private final TeacherBinding teacher;
  private final CallSite site;
  private final StructType input;
  private final StructType output;

  CallTask(
      RowLogic logic, TeacherBinding teacher, CallSite site, StructType input, StructType output) {
    this.logic = logic;
    this.teacher = teacher;
    this.site = site;
    this.input = input;
    this.output = output;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    LazyClient client = new LazyClient(teacher, site);
    TaskCompletionListener closing = ended -> client.close();
    TaskContext.get().addTaskCompletionListener(closing);
    RowEnding ending =
        new RowEnding(
            teacher, new RowAssembler(input, output, logic.columns(), site.step()), site.meter());
    return new CallingIterator(rows, logic, client, teacher.settings(), ending);
  }
}
