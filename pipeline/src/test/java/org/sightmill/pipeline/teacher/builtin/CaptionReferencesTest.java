package org.sightmill.pipeline.teacher.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class CaptionReferencesTest {
  private static final String ARROW = " => ";

  @ParameterizedTest
  @MethodSource("table")
  void rewritesAsTheTableSays(String before, String after) {
    assertThat(CaptionReferences.rewrite(before)).isEqualTo(after);
  }

  static List<Arguments> table() throws IOException {
    try (InputStream in =
        CaptionReferencesTest.class.getResourceAsStream("/caption-references.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(CaptionReferencesTest::entry)
          .toList();
    }
  }

  private static Arguments entry(String line) {
    int arrow = line.indexOf(ARROW);
    String before = arrow < 0 ? line : line.substring(0, arrow);
    String after = arrow < 0 ? line : line.substring(arrow + ARROW.length());
    return Arguments.of(unescaped(before), unescaped(after));
  }

  private static String unescaped(String text) {
    return text.replace("\\n", "\n").replace("\\t", "\t");
  }

  @Test
  void theTableIsLong() throws IOException {
    assertThat(table()).hasSizeGreaterThan(120);
  }

  @Test
  void rewritingTwiceChangesNothing() {
    Random random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      String once = CaptionReferences.rewrite(randomText(random));
      assertThat(CaptionReferences.rewrite(once)).isEqualTo(once);
    }
  }

  @Test
  void whiteSpaceBesideKeptWordsStays() throws IOException {
    Random random = new Random(8);
    for (int i = 0; i < 2_000; i++) {
      String frame = randomSpace(random);
      String inner = "The caption says" + frame + "that" + randomSpace(random) + "it is round";
      assertThat(CaptionReferences.rewrite(frame + inner + frame))
          .isEqualTo(frame + inner.replace("The caption says", "The image shows") + frame);
    }
  }

  @Test
  void leavesTextWithoutReferencesIdentical() {
    Random random = new Random(9);
    for (int i = 0; i < 5_000; i++) {
      String text = randomText(random).replaceAll("(?i)caption|description|rationale", "x");
      assertThat(CaptionReferences.rewrite(text)).isSameAs(text);
    }
  }

  @Test
  void neverSaysImageTwiceInARow() {
    Random random = new Random(10);
    for (int i = 0; i < 20_000; i++) {
      String text = randomText(random).replaceAll("(?i)images?|pictures?|figures?|detailed", "x");
      assertThat(CaptionReferences.rewrite(text))
          .as(text)
          .doesNotContainIgnoringCase("image image");
    }
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void hostileTextTakesLinearTime(String unit) {
    String text = unit.repeat(400_000 / unit.length());
    assertThat(CaptionReferences.rewrite(text)).isNotEmpty();
  }

  /** Each made a naive reading quadratic: at this length that takes minutes. */
  static Stream<String> hostile() {
    return Stream.of(
        "\"a",
        " '",
        "$x ",
        "\\(",
        "`a ``",
        "\u201c",
        "\\begin{a}",
        "> ",
        "given ",
        "caption ",
        "the caption and ",
        "the description of ",
        "\\text{",
        "\u2018a ",
        "$$",
        "\n```",
        "the caption says \"",
        "its description of ",
        "caption/");
  }

  private static String randomText(Random random) {
    String[] parts = {
      "the",
      "a",
      "The",
      "caption",
      "captions",
      "caption's",
      "Caption",
      "description",
      "rationale",
      "descriptions",
      "image",
      "picture",
      "image's",
      "of",
      "in",
      "and",
      "or",
      "its",
      "your",
      "says",
      "mentions",
      "described",
      "by",
      "say",
      "given",
      "detailed",
      "provided",
      "to",
      "is",
      "\"",
      "'",
      "`",
      "$",
      "\\(",
      "\\)",
      ".",
      ",",
      "chart",
      "object",
      "does",
      "gives",
      "this",
      "for",
      "/",
      "-"
    };
    StringBuilder text = new StringBuilder();
    int length = 1 + random.nextInt(25);
    for (int i = 0; i < length; i++) {
      text.append(parts[random.nextInt(parts.length)]);
      text.append(random.nextInt(12) == 0 ? "" : random.nextInt(12) == 0 ? "\n" : " ");
    }
    return text.toString();
  }

  private static String randomSpace(Random random) {
    String[] spaces = {" ", "  ", "\t", "\n", "\n    ", " \t "};
    return spaces[random.nextInt(spaces.length)];
  }
}
