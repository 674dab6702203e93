package org.sightmill.pipeline.schema;

import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.types.StructField;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightmill.pipeline.TestSpark;

final class SchemasIT {

  @ParameterizedTest
  @EnumSource(Boundary.class)
  void everyColumnIsNullable(Boundary boundary) {
    assertThat(Schemas.of(boundary).fields()).isNotEmpty().allMatch(StructField::nullable);
  }

  @Test
  void everyStepKeepsTheColumnsOfTheStepBefore() {
    List<Boundary> steps =
        Arrays.stream(Boundary.values()).filter(b -> b != Boundary.REJECTED).toList();
    for (int i = 1; i < steps.size(); i++) {
      List<String> before = List.of(Schemas.of(steps.get(i - 1)).fieldNames());
      assertThat(List.of(Schemas.of(steps.get(i)).fieldNames()))
          .startsWith(before.toArray(String[]::new));
    }
  }

  @Test
  void namesEveryColumnThatDoesNotFit() {
    assertThatThrownBy(
            () ->
                Schemas.conform(
                    TestSpark.session().range(1).select(lit(1).as("code"), lit("x").as("detail")),
                    Boundary.REJECTED))
        .isInstanceOf(SchemaMismatchException.class)
        .hasMessage(
            "schema of boundary REJECTED: column sample_id is missing; column source is missing;"
                + " column code is int, not string; column class is missing");
  }

  @Test
  void dropsWhatTheContractDoesNotHave() {
    assertThat(
            Schemas.conform(
                    TestSpark.session()
                        .range(1)
                        .selectExpr(
                            "'a' sample_id",
                            "'b' source",
                            "'c' code",
                            "'d' class",
                            "'e' detail",
                            "1 extra"),
                    Boundary.REJECTED)
                .columns())
        .containsExactly("sample_id", "source", "code", "class", "detail");
  }
}
