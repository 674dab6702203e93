package org.sightmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.check.Checks;

class RecordBinderTest {
  private final Problems problems = new Problems();

  enum Colour {
    DEEP_RED,
    BLUE
  }

  record Inner(String name, int size) {
    static final Inner DEFAULT = new Inner("inner", 3);

    Inner {
      new Checks().atLeast(1, "size", size).notBlank("name", name).orThrow();
    }
  }

  record Outer(
      String title,
      int maxCount,
      long bigCount,
      double share,
      boolean isOpen,
      Colour colour,
      Inner inner,
      List<Inner> inners,
      SortedMap<Colour, Inner> byColour,
      Map<String, String> labels,
      SortedSet<String> names,
      Long limit) {
    Outer {
      new Checks()
          .fraction("share", share)
          .that(maxCount != 13, "max_count must not be 13")
          .orThrow();
    }

    static Outer defaults() {
      return new Outer(
          "none",
          1,
          2,
          0.5,
          true,
          Colour.BLUE,
          Inner.DEFAULT,
          List.of(),
          new TreeMap<>(),
          Map.of(),
          new TreeSet<>(),
          null);
    }
  }

  record Strict(int size, String name, List<String> items) {}

  private Outer bind(String yaml) {
    return new RecordBinder(problems)
        .bind(Outer.class, YamlReader.readFile(yaml, "f.yaml", problems), "");
  }

  @Test
  void takesWhatIsNotThereFromTheDefaults() {
    assertThat(bind("")).isEqualTo(Outer.defaults());
    assertThat(bind("title:\ninner: {}\n")).isEqualTo(Outer.defaults());
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void bindsEveryKindOfValue() {
    Outer bound =
        bind(
            """
            title: 007
            max_count: 1_000
            big_count: 5000000000
            share: 1
            is_open: false
            colour: deep_red
            inner: {name: "", size: 4}
            inners: [{name: a, size: 1}, {name: b}]
            by_colour: {blue: {size: 9}}
            labels: {k: v, empty: ""}
            names: [b, a]
            limit: 12
            """
                .replace("name: \"\"", "name: x"));
    assertThat(problems.found()).isEmpty();
    assertThat(bound)
        .isEqualTo(
            new Outer(
                "007",
                1_000,
                5_000_000_000L,
                1.0,
                false,
                Colour.DEEP_RED,
                new Inner("x", 4),
                List.of(new Inner("a", 1), new Inner("b", 3)),
                new TreeMap<>(Map.of(Colour.BLUE, new Inner("inner", 9))),
                Map.of("k", "v", "empty", ""),
                new TreeSet<>(List.of("a", "b")),
                12L));
  }

  @Test
  void reportsEveryProblemAtOnceWithItsLine() {
    Outer bound =
        bind(
            """
            titel: x
            max_count: many
            share: 1.5
            is_open: yes
            colour: deepred
            inner: {size: 0, nam: y}
            inners: [{size: 2.5}, 7]
            by_colour: {green: {}}
            labels: [a]
            limit: 99999999999999999999
            """);
    assertThat(bound).isNull();
    assertThat(problems.found())
        .containsExactlyInAnyOrder(
            "f.yaml:1: titel is not a key here, did you mean 'title'?",
            "f.yaml:2: max_count must be a whole number but was 'many'",
            "f.yaml:3: share must be in [0, 1] but was 1.5",
            "f.yaml:4: is_open must be true or false but was 'yes'",
            "f.yaml:5: colour must be one of deep_red, blue but was 'deepred', did you mean"
                + " 'deep_red'?",
            "f.yaml:6: inner.size must be at least 1 but was 0",
            "f.yaml:6: inner.nam is not a key here, did you mean 'name'?",
            "f.yaml:7: inners[0].size must be a whole number but was '2.5'",
            "f.yaml:7: inners[1] must hold keys and values but was '7'",
            "f.yaml:8: by_colour's key must be one of deep_red, blue but was 'green'",
            "f.yaml:9: labels must be keys and values but was a list",
            "f.yaml:10: limit must be a whole number of at most 9223372036854775807 but was '99999999999999999999'");
  }

  @Test
  void doesNotComplainTwiceOfOneKey() {
    assertThat(bind("max_count: thirteen\nshare: 2\n")).isNull();
    assertThat(problems.found()).hasSize(2);
  }

  @Test
  void namesTheKnownKeysWhereNoneIsNear() {
    bind("inner: {colour: red}\n");
    assertThat(problems.found())
        .containsExactly("f.yaml:1: inner.colour is not a key here; known are name, size");
  }

  @Test
  void requiresNumbersOfARecordWithoutDefaults() {
    Strict bound =
        new RecordBinder(problems)
            .bind(Strict.class, YamlReader.readFile("name: x\n", "f.yaml", problems), "");
    assertThat(bound).isNull();
    assertThat(problems.found()).containsExactly("f.yaml:1: size is required");
  }

  @Test
  void reportsAKeyThatIsGivenTwice() {
    bind("title: a\nshare: 0.1\ntitle: b\n");
    assertThat(problems.found()).containsExactly("f.yaml:3: title is given twice");
  }

  @Test
  void reportsTextThatIsNotYaml() {
    bind("title: [a\nshare: {\n");
    assertThat(problems.found())
        .singleElement()
        .asString()
        .startsWith("f.yaml:")
        .contains("is not YAML");
  }

  @Test
  void reportsAFileThatHoldsNoKeys() {
    bind("- a\n- b\n");
    assertThat(problems.found()).containsExactly("f.yaml: must hold keys and values but is a list");
  }
}
