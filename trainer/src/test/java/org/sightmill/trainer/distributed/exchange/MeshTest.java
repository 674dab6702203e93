package org.sightmill.trainer.distributed.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MeshTest {
  private static final String TOKEN = "secret";
  private static final int FLOATS = 4 << 20; // more than sockets buffer

  private PeerServer first;
  private PeerServer second;
  private Mesh here;
  private Mesh there;

  @BeforeEach
  void connect() throws Exception {
    first = server();
    second = server();
    List<Peer> peers =
        List.of(
            new Peer("e0", Worker.HOST, first.port(), 0),
            new Peer("e1", Worker.HOST, second.port(), 0));
    Partition partition = new Partition(List.of(0, 1), 2);
    CompletableFuture<Mesh> other =
        CompletableFuture.supplyAsync(
            () -> open(new Message.Start(1, peers, 1, partition), second));
    here = open(new Message.Start(1, peers, 0, partition), first);
    there = other.get(30, TimeUnit.SECONDS);
  }

  @AfterEach
  void disconnect() {
    here.close();
    there.close();
    first.close();
    second.close();
  }

  private static PeerServer server() throws IOException, InterruptedException {
    return new PeerServer(
        Worker.HOST, TOKEN, TimeLimits.DEFAULT, new ReplicaSlot<>(FakeReplica::new));
  }

  private static Mesh open(Message.Start start, PeerServer server) {
    try {
      return Mesh.open(start, 0, server, TOKEN, TimeLimits.DEFAULT);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void whatWaitsToBeSentEndsWithTheMesh() throws Exception {
    float[] values = new float[FLOATS];
    for (int item = 0; item < 3; item++) { // nobody reads: the first blocks, the others queue
      here.send(1, 0, item, values, 0, FLOATS);
    }
    CompletableFuture<Throwable> flushed =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                here.flush();
                return null;
              } catch (IOException e) {
                return e;
              }
            });
    here.close();
    assertThat(flushed.get(30, TimeUnit.SECONDS))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("connection with executor e1 at ");
  }

  @Test
  void whatIsSentAfterItsEndFails() throws Exception {
    here.close();
    here.send(1, 0, 0, new float[1], 0, 1);
    assertThatThrownBy(here::flush)
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("connection with executor e1 at ")
        .hasMessageEndingWith("it is closed");
  }
}
