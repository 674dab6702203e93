package org.sightmill.pipeline.teacher.log;

import java.util.concurrent.Semaphore;
import org.apache.hadoop.conf.Configuration;

/**
 * Appends replies as fast as a log takes them until its process is killed, and says of each when it
 * came and when it was kept. Arguments: the log's folder, then Hadoop settings as {@code
 * name=value}.
 */
final class EndlessWriter {
  /** Replies that have come and are not kept, at most: as many as an executor's calls in flight. */
  static final int IN_FLIGHT = 32;

  /** Before the number of a reply that has come. */
  static final String CAME = "came ";

  /** Before the number of a reply that the log has acknowledged. */
  static final String KEPT = "kept ";

  private static final int LONGEST_TEXT = 3_000;

  private EndlessWriter() {}

  public static void main(String[] args) throws InterruptedException {
    Configuration hadoop = new Configuration();
    for (int i = 2; i < args.length; i++) {
      String[] setting = args[i].split("=", 2);
      hadoop.set(setting[0], setting[1]);
    }
    ResponseFolder log = ResponseLogs.open(args[0], hadoop);
    Semaphore room = new Semaphore(IN_FLIGHT);
    for (int number = Integer.parseInt(args[1]); ; number++) {
      room.acquire();
      append(log, number, room);
    }
  }

  private static void append(ResponseFolder log, int number, Semaphore room) {
    say(CAME + number);
    log.append(reply(number))
        .whenComplete(
            (kept, error) -> {
              say(error == null ? KEPT + number : "failed " + number + " " + error);
              room.release();
            });
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }

  /** The reply with a number: the same in every process. */
  static LoggedReply reply(int number) {
    String text = "x".repeat(number % 1_000 * 7_919 % LONGEST_TEXT);
    return TestReplies.answer(TestReplies.key(number), text, number);
  }
}
