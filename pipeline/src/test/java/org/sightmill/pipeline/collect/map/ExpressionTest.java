package org.sightmill.pipeline.collect.map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExpressionTest {
  private static final String RECORD =
      """
      {"id": 7, "kind": "box", "images": ["a.png", "b.png"], "a b": {"c": "deep"},
       "meta": {"n": 3, "size": [200, 100], "empty": "",
                "cells": [{"label": "R", "box": [20, 10, 100, 50]},
                          {"label": "W", "box": [0, 0, 200, 100]}],
                "counts": {"R": 1, "W": 1}}}
      """;

  @Test
  void findsValuesByPath() throws Exception {
    assertThat(value("$.id").isInt()).isTrue();
    assertThat(value("$.images[1]").asText()).isEqualTo("b.png");
    assertThat(value("$.images[-1]").asText()).isEqualTo("b.png");
    assertThat(value("$[\"a b\"].c").asText()).isEqualTo("deep");
    assertThat(value("$.meta.cells[0].box[2]").asInt()).isEqualTo(100);
    assertThat(value("$.images[9]").isMissingNode()).isTrue();
    assertThat(value("$.kind, $.nothing, $.id")).hasToString("[\"box\",7]");
    assertThat(value("$").path("id").asInt()).isEqualTo(7);
  }

  @Test
  void fillsTemplates() throws Exception {
    assertThat(value("{meta.n} cells").asText()).isEqualTo("3 cells");
    assertThat(value("{meta.empty|nothing|\"none\"}").asText()).isEqualTo("none");
    assertThat(value("{{{id}}}").asText()).isEqualTo("{7}");
    assertThat(value("plain").asText()).isEqualTo("plain");
    assertThat(value("{for k, n in meta.counts join \", \"}{n} {k}{end}").asText())
        .isEqualTo("1 R, 1 W");
    assertThat(value("{for i, c in meta.cells join \"; \"}{i}: {c.label}{end}").asText())
        .isEqualTo("1: R; 2: W");
    assertThat(
            value(
                    "{for c in meta.cells where c.label = \"R\"}{fractions(c.box, meta.size[0], meta.size[1])}{end}")
                .asText())
        .isEqualTo("[0.1, 0.1, 0.5, 0.5]");
    assertThat(value("{if kind = \"box\"}yes{end}{if kind != \"box\"}no{end}").asText())
        .isEqualTo("yes");
  }

  @Test
  void aValueThatIsAbsentMakesTheTextAbsent() throws Exception {
    assertThat(value("so {nothing} much").isMissingNode()).isTrue();
    assertThat(value("{fractions(meta.n, id, id)}").isMissingNode()).isTrue();
  }

  @Test
  void saysWhatCantBeRead() {
    assertRefused("{meta.n", "template '{meta.n': '{' at character 1 stands alone");
    assertRefused("a } b", "template 'a } b': '}' at character 3 stands alone");
    assertRefused("{for c in x}a", "{for c in x} has no {end}");
    assertRefused("a{end}", "{end} closes nothing");
    assertRefused("{\"x\"}", "names no field");
    assertRefused("$.a[x]", "path '.a[x]' can't be read from character 3 on");
  }

  @Test
  void anyTextIsEitherReadOrRefusedInWords() throws Exception {
    Random random = new Random(11);
    List<String> pieces =
        List.of("{", "}", "{{", "\"", "|", "meta.n", "for c in ", "if ", "end", " = ", "x", "[0]");
    JsonNode record = new ObjectMapper().readTree(RECORD);
    for (int i = 0; i < 5_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = random.nextInt(8); j >= 0; j--) {
        text.append(pieces.get(random.nextInt(pieces.size())));
      }
      try {
        assertThat(Expression.parse(text.toString()).value(record)).isNotNull();
      } catch (IllegalArgumentException e) {
        assertThat(e).as(text.toString()).hasMessageContaining("'");
      }
    }
  }

  private static void assertRefused(String text, String message) {
    assertThatThrownBy(() -> Expression.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static JsonNode value(String expression) throws JsonProcessingException {
    return Expression.parse(expression).value(new ObjectMapper().readTree(RECORD));
  }
}
