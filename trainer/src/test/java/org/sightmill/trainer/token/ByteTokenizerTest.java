package org.sightmill.trainer.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ByteTokenizerTest {
  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("tokenizer.json");
    ByteTokenizer.write(file);
  }

  @Test
  void hasOneIdAByteAndQwensControlTokens() throws IOException {
    Tokenizer tokenizer = Tokenizer.load(file);
    assertThat(tokenizer.size()).isEqualTo(ByteTokenizer.SIZE).isEqualTo(270);
    byte[] bytes = "\u00e9 \u5b57\n<|im_end|>".getBytes(StandardCharsets.UTF_8);
    int[] ids = tokenizer.encode("\u00e9 \u5b57\n<|im_end|>");
    for (int i = 0; i < bytes.length; i++) {
      assertThat(ids[i]).isEqualTo(bytes[i] & 0xff);
    }
    assertThat(new ChatTemplate(tokenizer).turnEnd()).isEqualTo(258);
    assertThat(VisionTokens.of(tokenizer)).isEqualTo(new VisionTokens(265, 266, 267, 268, 269));
  }

  @Test
  void isWrittenTheSameEachTime() throws IOException {
    Path again = folder.resolve("again.json");
    ByteTokenizer.write(again);
    assertThat(again).hasSameBinaryContentAs(file);
  }

  @Test
  void matchesTheFileThatThePythonLibraryWasSeenToLoad() {
    assertThat(file)
        .hasSameTextualContentAs(Path.of("src/test/resources/token/byte-tokenizer.json"));
  }

  @Test
  void namesTheControlTokensThatATokenizerLacks() throws IOException {
    Files.writeString(
        file,
        Files.readString(file)
            .replace("<|video_pad|>", "<|a|>")
            .replace("<|vision_end|>", "<|b|>"));
    Tokenizer tokenizer = Tokenizer.load(file);
    assertThatThrownBy(() -> new ChatTemplate(tokenizer))
        .hasMessage("the tokenizer lacks <|vision_end|>, <|video_pad|>");
    assertThat(List.of(tokenizer.controlToken("<|a|>").orElseThrow())).containsExactly(269);
  }
}
