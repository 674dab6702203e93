package org.sightmill.trainer.distributed.exchange;

/**
 * A worker process, as others reach it.
 *
 * @param executor its name in messages and logs
 * @param host address of its server
 * @param port of its server
 * @param version steps that its weights have taken
 */
public record Peer(String executor, String host, int port, long version) {
  /** The same process with other weights. */
  Peer at(long newVersion) {
    return new Peer(executor, host, port, newVersion);
  }

  @Override
  public String toString() {
    return "executor %s at %s:%d".formatted(executor, host, port);
  }
}
