package org.sightmill.trainer.distributed.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Frames over a real connection, whole and damaged. */
final class ChannelTest {
  private static final Duration STALL = Duration.ofMillis(300);
  private static final Frame FRAME = new Frame(3, 7, 1, 12, 4);

  private Socket sending;
  private Channel receiver;

  @BeforeEach
  void connect() throws IOException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getByName(Worker.HOST))) {
      sending = new Socket(Worker.HOST, server.getLocalPort());
      receiver = new Channel(server.accept());
    }
  }

  @AfterEach
  void close() throws IOException {
    sending.close();
    receiver.close();
  }

  @Test
  void floatsArriveAsTheyLeft() throws IOException {
    float[] values = {0, 1, -0.0f, Float.MIN_VALUE, Float.NaN, 6};
    new Channel(sending).send(FRAME, values, 1);
    float[] received = new float[5];
    receiver.receive(FRAME, received, 1, STALL);
    assertThat(received).containsExactly(0, 1, -0.0f, Float.MIN_VALUE, Float.NaN);
  }

  @Test
  void aFrameOfAnOlderAttemptIsStale() throws IOException {
    new Channel(sending).send(new Frame(3, 6, 1, 12, 4), new float[4], 0);
    assertThatThrownBy(() -> receiver.receive(FRAME, new float[4], 0, STALL))
        .isInstanceOf(StaleFrameException.class)
        .hasMessage(
            "expected frame of step 3, attempt 7, bucket 1, item 12, length 4,"
                + " got frame of step 3, attempt 6, bucket 1, item 12, length 4");
  }

  @Test
  void aFrameOutOfTurnIsCorrupt() throws IOException {
    new Channel(sending).send(new Frame(3, 7, 2, 12, 4), new float[4], 0);
    assertThatThrownBy(() -> receiver.receive(FRAME, new float[4], 0, STALL))
        .isInstanceOf(CorruptFrameException.class)
        .hasMessageContaining("got frame of step 3, attempt 7, bucket 2");
  }

  @Test
  void damagedBytesDoNotMatchTheirChecksum() throws IOException {
    DataOutputStream out = new DataOutputStream(sending.getOutputStream());
    FRAME.write(out, 0x1234);
    out.write(new byte[4 * Float.BYTES]);
    out.flush();
    assertThatThrownBy(() -> receiver.receive(FRAME, new float[4], 0, STALL))
        .isInstanceOf(CorruptFrameException.class)
        .hasMessageEndingWith("announced was 00001234");
  }

  @Test
  void aFrameThatStallsIsGivenUp() throws IOException {
    DataOutputStream out = new DataOutputStream(sending.getOutputStream());
    FRAME.write(out, 0);
    out.write(new byte[Float.BYTES]);
    out.flush();
    assertThatThrownBy(() -> receiver.receive(FRAME, new float[4], 0, STALL))
        .isInstanceOf(IOException.class)
        .hasMessage("frame of step 3, attempt 7, bucket 1, item 12, length 4 stalled for PT0.3S");
  }

  @Test
  void aConnectionThatEndsSaysSo() throws IOException {
    sending.close();
    assertThatThrownBy(() -> receiver.receive(FRAME, new float[4], 0, STALL))
        .isInstanceOf(EOFException.class)
        .hasMessage("the connection ended");
  }

  @Test
  void aMessageThatIsNoneIsCorrupt() throws IOException {
    DataOutputStream out = new DataOutputStream(sending.getOutputStream());
    out.writeInt(2);
    out.write(new byte[] {'n', 'o'});
    out.flush();
    assertThatThrownBy(() -> receiver.receive(STALL))
        .isInstanceOf(CorruptFrameException.class)
        .hasMessageStartingWith("a message that is none: ");
  }
}
