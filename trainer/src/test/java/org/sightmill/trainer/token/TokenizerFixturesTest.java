package org.sightmill.trainer.token;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

/** The Python library's ids, text and character classes, by make_token_fixtures.py. */
class TokenizerFixturesTest {
  private final Tokenizer tokenizer;

  TokenizerFixturesTest() throws IOException {
    this.tokenizer = Fixtures.tokenizer();
  }

  @Test
  void encodesPlainTextLikeThePythonLibrary() throws IOException {
    for (JsonNode row : Fixtures.lines("strings.jsonl")) {
      String text = row.path("text").asText();
      assertThat(tokenizer.encode(text)).as(text).isEqualTo(Fixtures.ints(row.path("ids")));
    }
  }

  @Test
  void encodesTextWithControlTokensLikeThePythonLibrary() throws IOException {
    for (JsonNode row : Fixtures.lines("strings.jsonl")) {
      String text = row.path("text").asText();
      assertThat(tokenizer.encodeWithControlTokens(text))
          .as(text)
          .isEqualTo(Fixtures.ints(row.path("control_ids")));
    }
  }

  @Test
  void decodesAnyIdsLikeThePythonLibrary() throws IOException {
    for (JsonNode row : Fixtures.lines("decodings.jsonl")) {
      int[] ids = Fixtures.ints(row.path("ids"));
      assertThat(tokenizer.decode(ids, ControlTokens.WRITE))
          .as(row.toString())
          .isEqualTo(row.path("text").asText());
      assertThat(tokenizer.decode(ids, ControlTokens.SKIP))
          .as(row.toString())
          .isEqualTo(row.path("skipped").asText());
    }
  }

  @Test
  void streamsTheSameTextPieceByPiece() throws IOException {
    for (JsonNode row : Fixtures.lines("decodings.jsonl")) {
      TokenStream stream = tokenizer.stream(ControlTokens.SKIP);
      StringBuilder text = new StringBuilder();
      for (int id : Fixtures.ints(row.path("ids"))) {
        text.append(stream.accept(id));
      }
      assertThat(text.append(stream.end())).hasToString(row.path("skipped").asText());
    }
  }

  @Test
  void classifiesEveryCodePointLikeThePythonLibrary() throws IOException {
    JsonNode classes = Fixtures.classes();
    checkClass(CharacterClasses.LETTER, classes.path("letter"));
    checkClass(CharacterClasses.NUMBER, classes.path("number"));
    checkClass(CharacterClasses.SPACE, classes.path("space"));
  }

  private static void checkClass(byte characterClass, JsonNode expected) {
    CRC32 crc = new CRC32();
    int[] members =
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
            .filter(c -> CharacterClasses.of(c) == characterClass)
            .toArray();
    for (int member : members) {
      crc.update(ByteBuffer.allocate(Integer.BYTES).putInt(0, member).array());
    }
    assertThat(members).hasSize(expected.path("count").asInt());
    assertThat(crc.getValue()).isEqualTo(expected.path("crc").asLong());
  }
}
