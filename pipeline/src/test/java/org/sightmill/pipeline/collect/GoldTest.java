package org.sightmill.pipeline.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightmill.pipeline.collect.source.AnswerAs;
import org.sightmill.pipeline.collect.source.BoxConfig;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.sample.AnswerType;

final class GoldTest {
  private static final List<String> ANGLES = List.of("18°", "23°", "25°", "27°");

  @Test
  void decidesTheTypeFromTheAnswersForm() {
    Map.of(
            "12", AnswerType.DIGIT,
            "-15.700000000000001", AnswerType.DIGIT,
            "1,234.5", AnswerType.DIGIT,
            "$8$", AnswerType.DIGIT,
            "[242, 266, 457, 471]", AnswerType.BOX,
            "$\\frac{3^{1008}-1}{3^{1009}}$", AnswerType.MATH,
            "(0.886, -0.465)", AnswerType.MATH,
            "y = -5 * sin(-5 * x)", AnswerType.MATH,
            "Nov", AnswerType.OPEN,
            "It stands on 3 legs.", AnswerType.OPEN)
        .forEach(
            (answer, type) ->
                assertThat(AnswerTypes.decide(answer, null)).as(answer).isEqualTo(type));
    assertThat(AnswerTypes.decide("12", ANGLES)).isEqualTo(AnswerType.CHOICE);
  }

  @Test
  void findsTheLetterInEveryFormThatSourcesWrite() throws RowFault {
    for (String written :
        List.of("D", "d", "D)", "(d)", "[D]", "D.", "D: 27°", "(D) 27°", "27°", " 27° ")) {
      assertThat(letter(written.strip(), AnswerAs.AUTO)).as(written).isEqualTo("D");
    }
    assertThat(letter("3", AnswerAs.INDEX0)).isEqualTo("D");
    assertThat(letter("3", AnswerAs.INDEX1)).isEqualTo("C");
  }

  @Test
  void refusesAnAnswerThatNamesNoChoiceOrTwo() {
    assertRefused("E", ANGLES, "answer 'E' names none of the 4 choices");
    assertRefused("30°", ANGLES, "answer '30°' names none of the 4 choices");
    assertRefused("A: 27°", ANGLES, "has the letter of one choice and the text of another");
    assertRefused("A", List.of("B", "A"), "is the letter of one choice and the text of another");
    assertRefused("x", List.of("x", "x"), "answer 'x' is the text of 2 choices");
  }

  @Test
  void takesOptionLettersOffOnlyWhereEveryOptionHasItsOwn() {
    assertThat(LetterGold.withoutPrefixes(List.of("A) one", "(B) two", "C. three")))
        .containsExactly("one", "two", "three");
    assertThat(LetterGold.withoutPrefixes(List.of("A) one", "two")))
        .containsExactly("A) one", "two");
    assertThat(LetterGold.withoutPrefixes(List.of("A", "B"))).containsExactly("A", "B");
  }

  @Test
  void boxesBecomeFractionsInEveryOrderAndScale() throws RowFault {
    assertThat(box("[64, 48, 320, 240]", BoxConfig.Order.XYXY, BoxConfig.Scale.PIXEL))
        .isEqualTo("[0.1, 0.1, 0.5, 0.5]");
    assertThat(box("64, 48, 256, 192", BoxConfig.Order.XYWH, BoxConfig.Scale.PIXEL))
        .isEqualTo("[0.1, 0.1, 0.5, 0.5]");
    assertThat(box("(100,100,500,500)", BoxConfig.Order.XYXY, BoxConfig.Scale.THOUSAND))
        .isEqualTo("[0.1, 0.1, 0.5, 0.5]");
    assertThat(box("[0, 0, 1.0000001, 1]", BoxConfig.Order.XYXY, BoxConfig.Scale.UNIT))
        .isEqualTo("[0.0, 0.0, 1.0, 1.0]");
  }

  @Test
  void anyBoxWithinThePictureComesBackWithinAPixel() throws RowFault {
    Random random = new Random(7);
    for (int i = 0; i < 1_000; i++) {
      int x = random.nextInt(639);
      int y = random.nextInt(479);
      int width = 1 + random.nextInt(640 - x);
      int height = 1 + random.nextInt(480 - y);
      String text = "[%d, %d, %d, %d]".formatted(x, y, width, height);
      String[] fractions =
          box(text, BoxConfig.Order.XYWH, BoxConfig.Scale.PIXEL)
              .replaceAll("[\\[\\] ]", "")
              .split(",");
      assertThat(Double.parseDouble(fractions[0]) * 640).as(text).isBetween(x - 1e-6, x + 1e-6);
      assertThat(Double.parseDouble(fractions[3]) * 480)
          .as(text)
          .isBetween(y + height - 1e-6, y + height + 1e-6);
    }
  }

  @Test
  void refusesBoxesThatAreNoneOrOutside() {
    assertThatThrownBy(() -> box("[1, 2, 3]", BoxConfig.Order.XYXY, BoxConfig.Scale.PIXEL))
        .hasMessage("answer '[1, 2, 3]' is not a box of four numbers");
    assertThatThrownBy(() -> box("[9, 2, 3, 4]", BoxConfig.Order.XYXY, BoxConfig.Scale.PIXEL))
        .hasMessage("box [9, 2, 3, 4] (XYXY) is empty or inverted");
    assertThatThrownBy(() -> box("[0, 0, 641, 4]", BoxConfig.Order.XYXY, BoxConfig.Scale.PIXEL))
        .hasMessage("box [0, 0, 641, 4] (PIXEL) lies outside the picture of 640 x 480 pixels");
  }

  @Test
  void aDeclaredNumberMustBeOne() {
    assertThatThrownBy(() -> Gold.of("many", Optional.of(AnswerType.DIGIT), null, AnswerAs.AUTO))
        .hasMessage("answer 'many' is not a number");
  }

  @Test
  void splitsACompletionAtItsLastClosingTag() throws RowFault {
    assertThat(Completion.split("<think>\n a </think> b </think>\n\n<answer>c</answer>"))
        .isEqualTo(new Completion("a </think> b", "c"));
    assertThat(Completion.split("a</think>b")).isEqualTo(new Completion("a", "b"));
    assertThatThrownBy(() -> Completion.split("<think>a")).hasMessageContaining("without an end");
    assertThatThrownBy(() -> Completion.split("a")).hasMessage("completion has no think part");
    assertThatThrownBy(() -> Completion.split("<think>a</think> "))
        .hasMessage("completion has nothing behind </think>");
  }

  @Test
  void triesImageNamesFromTheMostLikelyOnAndNeverOutsideTheFolder() {
    assertThat(
            ImageNames.candidates(
                "/allava_laion/images/1.jpeg", "a/1", List.of("{first}-{base}", "{id}.{ext}")))
        .containsExactly(
            "allava_laion/images/1.jpeg",
            "images/1.jpeg",
            "1.jpeg",
            "allava_laion-1.jpeg",
            "a-1.jpeg");
    assertThat(ImageNames.candidates("../../secret.png", null, List.of()))
        .containsExactly("secret.png");
  }

  private static String letter(String answer, AnswerAs answerAs) throws RowFault {
    return Gold.of(answer, Optional.of(AnswerType.CHOICE), ANGLES, answerAs).text();
  }

  private static void assertRefused(String answer, List<String> choices, String message) {
    assertThatThrownBy(
            () -> Gold.of(answer, Optional.of(AnswerType.CHOICE), choices, AnswerAs.AUTO))
        .isInstanceOfSatisfying(
            RowFault.class,
            fault ->
                assertThat(fault.reject().reason()).isEqualTo(RejectReason.ANSWER_NOT_IN_CHOICES))
        .hasMessageContaining(message);
  }

  private static String box(String text, BoxConfig.Order order, BoxConfig.Scale scale)
      throws RowFault {
    return GoldBox.fractions(text, new BoxConfig(order, scale), 640, 480);
  }
}
