package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.nio.file.Path;

/** Finds weights of a version among the workers, or in the checkpoint that the driver offers. */
public final class StateSource {
  private final Meeting meeting;

  /** A source that asks the coordinator who has what. */
  public StateSource(Meeting meeting) {
    this.meeting = meeting;
  }

  /**
   * Brings a replica to a version.
   *
   * @throws StateUnavailableException naming all that was tried, if nobody has it; the replica is
   *     then as it was
   * @throws IOException if it can't be loaded, or is not what others have; the replica is then
   *     invalid
   */
  public void restore(Replica replica, long version) throws IOException {
    Message.Holders holders = holders(version);
    if (version == 0 && holders.peers().isEmpty()) {
      replica.restart();
    } else {
      try (TemporaryFolder folder = TemporaryFolder.create()) {
        fetch(holders, Message.Content.STATE, version, folder.path());
        load(replica, folder.path(), version);
      }
    }
    requireHash(replica, holders.hash(), version);
  }

  private static void load(Replica replica, Path folder, long version) throws IOException {
    try {
      replica.load(folder, version);
    } catch (IOException | RuntimeException e) {
      replica.invalidate();
      throw e;
    }
  }

  /**
   * Tells the coordinator what a worker has.
   *
   * @throws IOException if others have other weights of that version
   */
  public void announce(Peer peer, String hash) throws IOException {
    TimeLimits limits = meeting.limits();
    try (Channel channel = Channel.open(meeting.host(), meeting.port(), limits.connect())) {
      channel.send(new Message.Have(meeting.token(), peer, hash));
      if (channel.receive(limits.connect()) instanceof Message.Refused refused) {
        throw new IOException(refused.why());
      }
    }
  }

  /** Writes the optimizer state and weights of a version into a folder. */
  public void save(long version, Path folder) throws IOException {
    fetch(holders(version), Message.Content.STATE, version, folder);
  }

  /** Writes the model of a version into a folder. */
  public void export(long version, Path folder) throws IOException {
    fetch(holders(version), Message.Content.EXPORT, version, folder);
  }

  private Message.Holders holders(long version) throws IOException {
    TimeLimits limits = meeting.limits();
    try (Channel channel = Channel.open(meeting.host(), meeting.port(), limits.connect())) {
      channel.send(new Message.Locate(meeting.token(), version));
      Message answer = channel.receive(limits.connect());
      if (answer instanceof Message.Holders holders) {
        return holders;
      }
      throw new IOException("the coordinator answered " + answer);
    }
  }

  private void fetch(Message.Holders holders, Message.Content content, long version, Path folder)
      throws IOException {
    StateUnavailableException failure = new StateUnavailableException(version);
    for (Peer peer : holders.peers()) {
      try {
        fetch(peer, new Message.Fetch(meeting.token(), content, version), folder);
        return;
      } catch (IOException e) {
        // It died or went on: another may still have the version.
        failure.addSuppressed(new IOException(peer + ": " + e.getMessage(), e));
      }
    }
    throw failure;
  }

  private void fetch(Peer peer, Message.Fetch request, Path folder) throws IOException {
    TimeLimits limits = meeting.limits();
    try (Channel channel = Channel.open(peer.host(), peer.port(), limits.connect())) {
      FolderTransfer.fetch(channel, request, folder, limits.step(), limits.silence());
    }
  }

  private static void requireHash(Replica replica, String expected, long version)
      throws IOException {
    String actual = replica.hash();
    if (!expected.isEmpty() && !expected.equals(actual)) {
      replica.invalidate();
      throw new IOException(
          "weights of version %d have hash %s here, expected %s"
              .formatted(version, actual, expected));
    }
  }
}
