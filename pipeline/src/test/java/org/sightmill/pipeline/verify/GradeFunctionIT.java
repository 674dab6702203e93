package org.sightmill.pipeline.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.TestSpark;

class GradeFunctionIT {
  private static Row grade(SparkSession spark, String arguments) {
    return spark.sql("SELECT sightmill_grade(" + arguments + ") AS g").first().getStruct(0);
  }

  @Test
  void gradesInSql() {
    SparkSession spark = TestSpark.session();
    GradeFunction.register(spark);
    assertThat(grade(spark, "'1/2', '0.5', 'math', null, 'answer'"))
        .isEqualTo(
            org.apache.spark.sql.RowFactory.create("EQUAL", 1.0, "0.5", "the same exact value"));
    Row choice =
        grade(
            spark,
            "'B', '<think>r</think><answer>dog</answer>', 'choice', array('cat', 'dog'), 'completion'");
    assertThat(List.of(choice.getString(0), choice.getString(2))).isEqualTo(List.of("EQUAL", "B"));
    assertThat(grade(spark, "'1', '1', 'essay', null, null").getString(3))
        .isEqualTo("unknown answer type essay");
    assertThat(grade(spark, "null, '1', 'math', null, null").getString(3))
        .isEqualTo("a null argument");
  }
}
