package org.sightmill.jobs.eval;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.trainer.eval.Answerer;
import org.sightmill.trainer.eval.Benchmark;
import org.sightmill.trainer.eval.BenchmarkRow;
import org.sightmill.trainer.eval.Benchmarks;
import org.sightmill.trainer.eval.Prediction;
import org.sightmill.trainer.eval.Query;
import org.sightmill.trainer.eval.TsvReader;

/** Answers the rows of parts, on an executor: reads a part, asks in batches. */
final class PartTask implements FlatMapFunction<Iterator<String>, Row> {
  private static final long serialVersionUID = 1;

  private final String benchmark;
  private final String system; // null for the model's own
  private final AnswererSource source;
  private final SerializableConfiguration hadoop;

  PartTask(
      String benchmark, String system, AnswererSource source, SerializableConfiguration hadoop) {
    this.benchmark = benchmark;
    this.system = system;
    this.source = source;
    this.hadoop = hadoop;
  }

  @Override
  public Iterator<Row> call(Iterator<String> parts) throws IOException {
    List<Row> rows = new ArrayList<>();
    while (parts.hasNext()) {
      Path part = new Path(parts.next());
      try (TsvReader items =
          TsvReader.open(part.getFileSystem(hadoop.value()).open(part), part.toString())) {
        answer(items, rows);
      }
    }
    return rows.iterator();
  }

  private void answer(Iterator<BenchmarkRow> items, List<Row> rows) {
    Benchmark known = Benchmarks.named(benchmark).orElseThrow();
    int batch = ExecutorAnswerer.with(source, Answerer::batch);
    List<Query> queries = new ArrayList<>();
    while (items.hasNext()) {
      BenchmarkRow item = items.next();
      Optional<Query> query = Query.of(known, item, Optional.ofNullable(system));
      query.ifPresentOrElse(
          queries::add, () -> rows.add(row(Prediction.none(item.index(), Prediction.NO_IMAGE))));
      if (queries.size() == batch || !items.hasNext()) {
        ask(queries, rows);
      }
    }
  }

  private void ask(List<Query> queries, List<Row> rows) {
    if (!queries.isEmpty()) {
      ExecutorAnswerer.with(source, answerer -> answerer.answer(queries))
          .forEach(answer -> rows.add(row(answer)));
      queries.clear();
    }
  }

  private static Row row(Prediction prediction) {
    return PredictionRows.row(prediction, SparkEnv.get().executorId());
  }
}
