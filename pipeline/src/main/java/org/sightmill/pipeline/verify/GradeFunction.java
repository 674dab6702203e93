package org.sightmill.pipeline.verify;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF5;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.answer.Grade;
import org.sightmill.pipeline.answer.GradeRequest;
import org.sightmill.pipeline.answer.Grader;
import org.sightmill.pipeline.answer.Scope;
import org.sightmill.pipeline.answer.Verdict;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;
import scala.collection.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The Spark SQL function {@code sightmill_grade(gold, prediction, answer_type, choices, scope)}:
 * the verifier over columns. {@code choices} is an array of texts or null; {@code scope} is {@code
 * answer} or {@code completion}, null meaning answer. Returns a struct of verdict, reward,
 * extracted and reason; bad arguments are UNPARSED with the reason, never a failed query. Goes to
 * executors; holds no state.
 */
public final class GradeFunction implements UDF5<String, String, String, Seq<String>, String, Row> {
  /** The name in SQL. */
  public static final String NAME = "sightmill_grade";

  /** The struct that is returned. */
  public static final StructType TYPE =
      new StructType()
          .add("verdict", DataTypes.StringType)
          .add("reward", DataTypes.DoubleType)
          .add("extracted", DataTypes.StringType)
          .add("reason", DataTypes.StringType);

  private static final long serialVersionUID = 1L;

  /** Registers the function in a session. */
  public static void register(SparkSession session) {
    session.udf().register(NAME, new GradeFunction(), TYPE);
  }

  @Override
  public Row call(
      String gold, String prediction, String answerType, Seq<String> choices, String scope) {
    AnswerType type = answerType == null ? null : AnswerType.fromLabel(answerType).orElse(null);
    if (type == null || gold == null || prediction == null) {
      return unparsed(type == null ? "unknown answer type " + answerType : "a null argument");
    }
    List<String> options = choices == null ? List.of() : CollectionConverters.asJava(choices);
    if (options.size() > Choices.MAX_OPTIONS || options.stream().anyMatch(Objects::isNull)) {
      return unparsed("more than %d options or a null one".formatted(Choices.MAX_OPTIONS));
    }
    Choices asked = options.isEmpty() ? null : new Choices(options);
    return row(
        Grader.standard().grade(new GradeRequest(type, gold, prediction, asked, scope(scope))));
  }

  private static Scope scope(String scope) {
    boolean completion = scope != null && scope.toLowerCase(Locale.ROOT).equals("completion");
    return completion ? Scope.COMPLETION : Scope.ANSWER;
  }

  private static Row unparsed(String reason) {
    return RowFactory.create(Verdict.UNPARSED.name(), 0.0, null, reason);
  }

  private static Row row(Grade grade) {
    return RowFactory.create(
        grade.verdict().name(), grade.reward(), grade.extracted(), grade.reason());
  }
}
