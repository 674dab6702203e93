package org.sightmill.trainer.generate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.sightmill.trainer.token.ControlTokens;
import org.sightmill.trainer.token.Tokenizer;

/**
 * Finds texts at which a completion ends. Looks at bytes, so that neither tokens that divide a stop
 * string nor tokens that divide a character hide it.
 */
public final class StopStrings {
  private final Tokenizer tokenizer;
  private final List<String> strings;
  private final List<byte[]> bytes;
  private final int longest;

  /** A finder of these texts, none of them empty. */
  public StopStrings(Tokenizer tokenizer, List<String> strings) {
    this.tokenizer = tokenizer;
    this.strings = List.copyOf(strings);
    this.bytes = strings.stream().map(s -> s.getBytes(StandardCharsets.UTF_8)).toList();
    this.longest = bytes.stream().mapToInt(b -> b.length).max().orElse(0);
  }

  /**
   * Whether the last token completes a stop string. Asked after each token, so an earlier end is
   * known already.
   *
   * @param tokens ids, of which the first {@code count} exist
   */
  public boolean completes(int[] tokens, int count) {
    byte[] last = tokenizer.bytes(tokens[count - 1], ControlTokens.WRITE);
    byte[] tail = tail(tokens, count, last.length + longest - 1);
    return bytes.stream().anyMatch(stop -> endsWithin(tail, stop, last.length));
  }

  /** The last bytes of the text, as many as asked for if there are. */
  private byte[] tail(int[] tokens, int count, int wanted) {
    byte[] tail = new byte[wanted];
    int start = wanted;
    for (int i = count - 1; i >= 0 && start > 0; i--) {
      byte[] token = tokenizer.bytes(tokens[i], ControlTokens.WRITE);
      int taken = Math.min(start, token.length);
      start -= taken;
      System.arraycopy(token, token.length - taken, tail, start, taken);
    }
    return Arrays.copyOfRange(tail, start, wanted);
  }

  /** Whether the text ends in the stop string, or in it and fewer than {@code last} bytes more. */
  private static boolean endsWithin(byte[] text, byte[] stop, int last) {
    for (int after = 0; after < last; after++) {
      int start = text.length - after - stop.length;
      if (start >= 0 && Arrays.equals(text, start, start + stop.length, stop, 0, stop.length)) {
        return true;
      }
    }
    return false;
  }

  /** The text before the first stop string. */
  public String cut(String text) {
    int end =
        strings.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(text.length());
    return text.substring(0, end);
  }
}
