package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;

/** A member of an attempt, as the coordinator sees it. */
final class Session {
  private final Channel channel;
  private final Peer peer;
  private final String hash;
  private Message.Prepared prepared;
  private Message.Applied applied;

  Session(Channel channel, Peer peer, String hash) {
    this.channel = channel;
    this.peer = peer;
    this.hash = hash;
  }

  Peer peer() {
    return peer;
  }

  String executor() {
    return peer.executor();
  }

  /** Of the weights it came with. */
  String hash() {
    return hash;
  }

  Message.Prepared prepared() {
    return prepared;
  }

  Message.Applied applied() {
    return applied;
  }

  void prepared(Message.Prepared message) {
    prepared = message;
  }

  void applied(Message.Applied message) {
    applied = message;
  }

  /** Whether the message went out; if not, the session's own thread sees the connection end. */
  boolean tell(Message message) {
    try {
      channel.send(message);
      return true;
    } catch (IOException e) {
      channel.close();
      return false;
    }
  }
}
