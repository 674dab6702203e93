package org.sightmill.pipeline.verify;

import java.io.IOException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * How {@code sightmill_grade} scales over cores: the same calls on one core, then on two. A main
 * and not a JMH benchmark: one pass over a million rows of a whole query.
 *
 * <p>Arguments: the number of calls (1000000). Prints one JSON line.
 */
public final class GradeScalingBenchmark {
  private static final long CALLS = 1_000_000;
  private static final long WARM_UP = 50_000;
  private static final int PARTITIONS = 16;
  private static final double NANOS = 1e9;

  private GradeScalingBenchmark() {}

  /** Runs both passes, each in a context of its own, after a warm-up that both need. */
  public static void main(String[] args) throws IOException {
    long calls = args.length > 0 ? Long.parseLong(args[0]) : CALLS;
    double one = seconds(1, calls);
    double two = seconds(2, calls);
    System.out.printf(
        "{\"calls\":%d,\"seconds_1_core\":%.2f,\"seconds_2_cores\":%.2f,\"speedup\":%.3f}%n",
        calls, one, two, one / two);
  }

  private static double seconds(int cores, long calls) throws IOException {
    try (SparkSession spark = session(cores)) {
      GradeFunction.register(spark);
      run(spark, Math.min(WARM_UP, calls));
      long start = System.nanoTime();
      run(spark, calls);
      return (System.nanoTime() - start) / NANOS;
    }
  }

  private static SparkSession session(int cores) {
    return SparkSession.builder()
        .master("local[" + cores + "]")
        .appName("grade-scaling")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .getOrCreate();
  }

  /** A mix of digits, letters and formulas; the sum keeps the optimiser from dropping the calls. */
  private static void run(SparkSession spark, long calls) {
    Dataset<Row> rows = spark.range(0, calls, 1, PARTITIONS).toDF("id");
    Row sum =
        rows.selectExpr(
                "CASE id % 3"
                    + " WHEN 0 THEN sightmill_grade(CAST(id AS STRING), concat('The answer is ', id),"
                    + " 'digit', NULL, 'answer')"
                    + " WHEN 1 THEN sightmill_grade('B', concat('B) item ', id), 'choice',"
                    + " array('cat', concat('item ', id), 'bird'), 'answer')"
                    + " ELSE sightmill_grade(concat('(x+', id, ')^2'), concat('x^2+2*', id, '*x+', id,"
                    + " '^2'), 'math', NULL, 'answer') END AS g")
            .selectExpr("sum(g.reward)")
            .first();
    if (Math.abs(sum.getDouble(0) - calls) > 0) {
      throw new IllegalStateException(
          "%s of %d pairs were equal; all of them are".formatted(sum.get(0), calls));
    }
  }
}
