package org.sightmill.pipeline.faultserver;

import java.io.IOException;

/**
 * The server as a process of its own, always in a good mood, for comparing clients in other
 * languages. Arguments: port, latency in milliseconds. Ends with its input and prints its account.
 */
public final class SteadyServer {
  private SteadyServer() {}

  public static void main(String[] args) throws IOException {
    double latencyMs = Double.parseDouble(args[1]);
    Action reply =
        Action.json(200, Chat.answer("<think>\nTwo and two are four.\n</think>\n\nAnswer: 4"))
            .after(latencyMs);
    try (FaultServer server = FaultServer.start(Integer.parseInt(args[0]), call -> reply)) {
      server.ledger().forgetBodies();
      System.out.println("serving at " + server.url());
      System.in.transferTo(java.io.OutputStream.nullOutputStream());
      System.out.printf(
          "%d calls, at most %d at once%n",
          server.ledger().calls(), server.ledger().mostInFlight());
    }
  }
}
