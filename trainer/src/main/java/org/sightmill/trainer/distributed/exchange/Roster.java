package org.sightmill.trainer.distributed.exchange;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Who has which version of the weights, and what each version's hash is. */
final class Roster {
  private final Map<String, Peer> peers = new HashMap<>();
  private final Map<Long, String> hashes = new HashMap<>();

  /** Notes what a worker has; the first to have a version sets its hash. */
  synchronized void has(Peer peer, String hash) {
    peers.put(peer.executor(), peer);
    hashes.putIfAbsent(peer.version(), hash);
  }

  synchronized void forget(String executor) {
    peers.remove(executor);
  }

  /** Whether this may be the hash of a version. */
  synchronized boolean agrees(long version, String hash) {
    return hash.equals(hashes.getOrDefault(version, hash));
  }

  /** Nobody has anything; what the hashes were stays known, since steps are the same again. */
  synchronized void forgetAll() {
    peers.clear();
  }

  /** Workers that have a version. */
  synchronized List<Peer> holders(long version) {
    return peers.values().stream().filter(peer -> peer.version() == version).toList();
  }

  /** A version's hash, empty where it is not known. */
  synchronized String hash(long version) {
    return hashes.getOrDefault(version, "");
  }
}
