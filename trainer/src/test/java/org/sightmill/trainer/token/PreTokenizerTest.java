package org.sightmill.trainer.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PreTokenizerTest {
  /** Java's own engine on the same expression: independent of the scanner under test. */
  private static final Pattern ORACLE =
      Pattern.compile(
          PreTokenizer.PATTERN.replace("(?i:", "(?iu:"), Pattern.UNICODE_CHARACTER_CLASS);

  private static final String ALPHABET =
      "aZsStTrReEvVlLmMdD'\u017f0\u00bd9 .,!-\t\n\r\u00a0\u3000\u0085\u2028\u00e9\u5b57\u0301\ud835\udc00\ud83d\ude00";

  @Test
  void cutsAsTheRegularExpressionDoes() {
    Random random = new Random(42);
    int[] alphabet = ALPHABET.codePoints().toArray();
    for (int i = 0; i < 50_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int length = random.nextInt(12); length > 0; length--) {
        text.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
      }
      assertThat(words(text.toString())).as(text.toString()).isEqualTo(oracle(text.toString()));
    }
  }

  @Test
  void cutsTheExamplesByHand() {
    assertThat(words("We'll count 12 dogs!\n\nOK"))
        .containsExactly("We", "'ll", " count", " ", "1", "2", " dogs", "!\n\n", "OK");
    assertThat(words("a   b")).containsExactly("a", "  ", " b");
    assertThat(words("a \n  b  ")).containsExactly("a", " \n", " ", " b", "  ");
    assertThat(words("(x)")).containsExactly("(x", ")");
  }

  private static List<String> words(String text) {
    PreTokenizer preTokenizer = new PreTokenizer(text);
    List<String> words = new ArrayList<>();
    for (int start = 0, end; start < text.length(); start = end) {
      end = preTokenizer.wordEnd(start);
      words.add(text.substring(start, end));
    }
    return words;
  }

  private static List<String> oracle(String text) {
    List<String> words = new ArrayList<>();
    for (Matcher matcher = ORACLE.matcher(text); matcher.find(); ) {
      words.add(matcher.group());
    }
    return words;
  }
}
