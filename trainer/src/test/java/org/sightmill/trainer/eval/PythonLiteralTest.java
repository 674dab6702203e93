package org.sightmill.trainer.eval;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PythonLiteralTest {
  @Test
  void readsListsOfTextsWithBothQuotesAndEscapes() {
    assertThat(PythonLiteral.texts("['a', \"b's\", '\\\\frac{1}{2}', '\\x41\\u00e9', '\\d']"))
        .hasValueSatisfying(
            list -> assertThat(list).containsExactly("a", "b's", "\\frac{1}{2}", "Aé", "\\d"));
    assertThat(PythonLiteral.texts("[1, -2.5, None, (3, 4),]"))
        .hasValueSatisfying(
            list -> assertThat(list).containsExactly("1", "-2.5", "None", "[3, 4]"));
    assertThat(PythonLiteral.texts(" [] ")).hasValueSatisfying(list -> assertThat(list).isEmpty());
  }

  @Test
  void readsOctalEscapesAndTextsBesideOneAnother() {
    assertThat(PythonLiteral.texts("['\\101\\0', 'a' \"b\"\n'c', '\\1234']"))
        .hasValueSatisfying(list -> assertThat(list).containsExactly("A\0", "abc", "S4"));
  }

  @Test
  void readsDictionaries() {
    assertThat(PythonLiteral.map("{'split': 'testmini', 'subject': 'Plane Geometry'}"))
        .hasValueSatisfying(map -> assertThat(map).containsEntry("subject", "Plane Geometry"));
  }

  @Test
  void takesNothingElseForALiteral() {
    for (String text :
        new String[] {"", "abc", "[1, 2", "['a'", "[1 2]", "__import__('os')", "[a]", "['\\x4']"}) {
      assertThat(PythonLiteral.texts(text)).as(text).isEmpty();
    }
    assertThat(PythonLiteral.texts("[".repeat(100_000))).isEmpty();
  }
}
