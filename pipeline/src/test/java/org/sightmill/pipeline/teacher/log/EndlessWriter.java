package org.sightmill.pipeline.teacher.log;

import java.util.concurrent.Semaphore;
import org.apache.hadoop.conf.Configuration;

/**
 * Appends replies as fast as a log takes them until its process is killed, and says of each when it
 * came and when it was kept. Arguments: the log's folder, the number of the first reply, how many
 * replies that came may wait to be kept (an executor's calls in flight), then Hadoop settings as
 * {@code name=value}.
 */
final class EndlessWriter {
  /** Before the number of a reply that has come. */
  static final String CAME = "came ";

  /** Before the number of a reply that the log has acknowledged. */
  static final String KEPT = "kept ";

  private static final int SETTINGS_FROM = 3;
  private static final int LONGEST_TEXT = 3_000;

  private EndlessWriter() {}

  public static void main(String[] args) throws InterruptedException {
    Configuration hadoop = new Configuration();
    for (int i = SETTINGS_FROM; i < args.length; i++) {
      String[] setting = args[i].split("=", 2);
      hadoop.set(setting[0], setting[1]);
    }
    ResponseFolder log = ResponseLogs.open(args[0], hadoop);
    Semaphore room = new Semaphore(Integer.parseInt(args[2]));
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
