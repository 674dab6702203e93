package org.sightmill.pipeline.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.check.InvalidConfigException;

final class PromptsTest {
  private static final Set<String> OFFERED = Set.of("question", "caption");

  @TempDir Path folder;

  @Test
  void fillsPlacesAndKeepsSectionsWithAValue() throws IOException {
    Prompt prompt = prompt("You see.", "Q: {{question}}{{#caption}} C: {{caption}}{{/caption}}");
    assertThat(prompt.system(name -> null)).isEqualTo("You see.");
    assertThat(prompt.user(Map.of("question", "why", "caption", "sky")::get))
        .isEqualTo("Q: why C: sky");
    assertThat(prompt.user(Map.of("question", "why")::get)).isEqualTo("Q: why");
    assertThat(prompt.user(Map.of("question", "why", "caption", " ")::get)).isEqualTo("Q: why");
  }

  @Test
  void valuesAreNeverExpandedAgain() throws IOException {
    Prompt prompt = prompt("s", "{{question}} {{caption}}");
    assertThat(prompt.user(Map.of("question", "{{caption}} $1 \\1", "caption", "{{#x}}")::get))
        .isEqualTo("{{caption}} $1 \\1 {{#x}}");
  }

  @Test
  void namesTheFileAndTheUnknownPlaceholder() {
    assertThatThrownBy(() -> prompt("s", "{{question}} {{colour}}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "%s: unknown placeholder {{colour}}, known are caption, question"
                .formatted(folder.resolve("reader/user.txt")));
  }

  @Test
  void namesTheFileAndTheMissingPlaceholder() {
    assertThatThrownBy(() -> prompt("s", "no question here"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage(
            "%s: placeholder {{question}} is missing".formatted(folder.resolve("reader/user.txt")));
  }

  @Test
  void reportsTheFaultsOfBothFilesTogether() {
    assertThatThrownBy(() -> prompt("{{open", "{{#caption}}{{question}}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("system.txt: '{{' at character 0 has no '}}'")
        .hasMessageContaining("user.txt: section {{#caption}} is not closed");
  }

  @Test
  void namesASectionClosedInTheWrongPlace() {
    assertThatThrownBy(() -> prompt("s", "{{#caption}}{{question}}{{/question}}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("{{/question}} closes {{#caption}}");
    assertThatThrownBy(() -> prompt("s", "{{question}}{{/caption}}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("{{/caption}} closes nothing");
  }

  @Test
  void refusesAPlaceholderThatIsNotAName() {
    assertThatThrownBy(() -> prompt("s", "{{question}} {{Two Words}}"))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessageContaining("'{{Two Words}}' is not a placeholder");
  }

  @Test
  void refusesAFolderThatIsNotThere() {
    Path absent = folder.resolve("absent");
    assertThatThrownBy(() -> Prompts.overriddenBy(absent))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("prompts: folder %s does not exist".formatted(absent));
  }

  @Test
  void namesAPromptThatNobodyBrings() {
    assertThatThrownBy(() -> Prompts.packaged().load("oracle", OFFERED, Set.of()))
        .isInstanceOf(InvalidConfigException.class)
        .hasMessage("conf/prompts/oracle/system.txt: no such prompt");
  }

  @Test
  void theHashChangesWithEitherFileAndNotWithLineEnds() throws IOException {
    String hash = prompt("a\nb", "{{question}}").sha256();
    assertThat(hash).hasSize(64);
    assertThat(prompt("a\r\nb\n", "{{question}}").sha256()).isEqualTo(hash);
    assertThat(prompt("a", "{{question}}").sha256()).isNotEqualTo(hash);
    assertThat(prompt("a\nb", "{{question}}?").sha256()).isNotEqualTo(hash);
  }

  @Test
  void hashesOfListsKeepTheirBoundaries() {
    assertThat(Sha256.ofAll("ab", "c")).isNotEqualTo(Sha256.ofAll("a", "bc"));
    assertThat(Sha256.ofAll("ab", null)).isEqualTo(Sha256.ofAll("ab", ""));
  }

  private Prompt prompt(String system, String user) throws IOException {
    Path role = Files.createDirectories(folder.resolve("reader"));
    Files.writeString(role.resolve(Prompts.SYSTEM_FILE), system);
    Files.writeString(role.resolve(Prompts.USER_FILE), user);
    return Prompts.overriddenBy(folder).load("reader", OFFERED, Set.of("question"));
  }
}
