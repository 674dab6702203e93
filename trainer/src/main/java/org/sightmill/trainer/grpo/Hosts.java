package org.sightmill.trainer.grpo;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** This machine's name, for the table of rollouts. */
final class Hosts {
  private static final String NAME = find();

  private Hosts() {}

  static String name() {
    return NAME;
  }

  private static String find() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "localhost"; // a machine whose own name does not resolve
    }
  }
}
