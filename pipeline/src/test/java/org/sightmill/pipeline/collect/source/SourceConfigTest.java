package org.sightmill.pipeline.collect.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.check.InvalidConfigException;

final class SourceConfigTest {
  @Test
  void hasDocumentedDefaults() {
    assertThat(SourceConfig.of("mine", null, "items.jsonl"))
        .isEqualTo(
            new SourceConfig(
                "mine",
                "generic",
                "items.jsonl",
                null,
                List.of(),
                new TreeMap<>(),
                new TreeMap<>(),
                "auto",
                AnswerAs.AUTO,
                new BoxConfig(BoxConfig.Order.XYXY, BoxConfig.Scale.PIXEL),
                null,
                new TreeMap<>()));
  }

  @Test
  void reportsEveryProblemTogether() {
    assertThatThrownBy(
            () ->
                new SourceConfig(
                    "my source",
                    null,
                    " ",
                    null,
                    null,
                    new TreeMap<>(Map.of("quesion", "$.q", "answer", "{a")),
                    new TreeMap<>(Map.of("answer", "(")),
                    "number",
                    null,
                    null,
                    0L,
                    null))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("name must hold letters, digits, '_', '.' and '-'")
        .hasMessageContaining("path must not be blank")
        .hasMessageContaining("answer_type must be auto, digit, choice, math, box or open")
        .hasMessageContaining("limit must be at least 1 but was 0")
        .hasMessageContaining("map.quesion is unknown; fields are id, image, question")
        .hasMessageContaining("map.answer: template '{a': '{' at character 1 stands alone")
        .hasMessageContaining("cut.answer is not a regular expression");
  }

  @Test
  void theGenericReaderNamesItsOptions() {
    SourceConfig config =
        new SourceConfig(
            "x",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new TreeMap<>(Map.of("formt", "csv", "format", "xml")));
    assertThat(new GenericReader().problems(config))
        .containsExactly(
            "path is required by reader generic",
            "options.format must be jsonl, json, csv, tsv or parquet but was 'xml'",
            "options.formt is unknown; options are format, records, choices, labels.<column>");
  }

  @Test
  void theProceduralReaderChecksItsOptions() {
    SourceConfig config =
        new SourceConfig(
            "x",
            "procedural",
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            new TreeMap<>(Map.of("rows", "many")));
    assertThat(new ProceduralReader().problems(config))
        .containsExactly("options: rows must be a number but was 'many'");
  }
}
