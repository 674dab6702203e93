package org.sightmill.jobs.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sightmill.jobs.config.ConfigNode.Mapping;
import org.sightmill.jobs.config.ConfigNode.Scalar;
import org.sightmill.jobs.config.ConfigNode.Sequence;

class OverridesTest {
  private final Problems problems = new Problems();
  private final Mapping root =
      YamlReader.readFile("a: {b: 1}\nlist: [{x: 1}, {x: 2}]\n", "f.yaml", problems);
  private final Overrides overrides = new Overrides(root, problems);

  private ConfigNode at(String key) {
    ConfigNode node = root;
    for (String part : Overrides.split(key)) {
      node =
          node instanceof Mapping mapping
              ? mapping.entries().get(part)
              : ((Sequence) node).items().get(Integer.parseInt(part));
    }
    return node;
  }

  private String text(String key) {
    return ((Scalar) at(key)).text();
  }

  @Test
  void setsValuesByDottedKeyAndIndex() {
    overrides.set("a.b=2");
    overrides.set("a.c.d=x=y");
    overrides.set("list.1.x=7");
    overrides.set("list.2.x=8");
    overrides.set("new.0.name=first");
    assertThat(text("a.b")).isEqualTo("2");
    assertThat(text("a.c.d")).isEqualTo("x=y");
    assertThat(text("list.1.x")).isEqualTo("7");
    assertThat(text("list.2.x")).isEqualTo("8");
    assertThat(text("new.0.name")).isEqualTo("first");
    assertThat(problems.found()).isEmpty();
  }

  @Test
  void takesAQuotedPartWithDotsAsOneKey() {
    overrides.set("spark.\"spark.sql.shuffle.partitions\"=8");
    assertThat(text("spark.\"spark.sql.shuffle.partitions\"")).isEqualTo("8");
  }

  @Test
  void readsValuesAsYaml() {
    overrides.set("a.b=[1, {k: v}]");
    assertThat(text("a.b.1.k")).isEqualTo("v");
  }

  @Test
  void reportsWhatIsNoAssignmentAndNoIndex() {
    overrides.set("nonsense");
    overrides.set("list.9.x=1");
    overrides.set("list.one=1");
    assertThat(problems.found())
        .containsExactly(
            "--set nonsense: must be key=value",
            "--set list.9.x: '9' is not an index of a list with 2 elements",
            "--set list.one: 'one' is not an index of a list with 2 elements");
  }
}
