package org.sightmill.pipeline.quality;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RoundRobinTest {
  @Test
  void countsRoundsOverTheClustersThatAreLeft() {
    RoundRobin order = new RoundRobin(new long[] {3, 1, 2});
    assertThat(order.rank(1, 0)).isEqualTo(1);
    assertThat(order.rank(1, 1)).isEqualTo(2);
    assertThat(order.rank(1, 2)).isEqualTo(3);
    assertThat(order.rank(2, 0)).isEqualTo(4);
    assertThat(order.rank(2, 2)).isEqualTo(5);
    assertThat(order.rank(3, 0)).isEqualTo(6);
  }

  @Test
  void equalsADrawThatIsPlayed() {
    Random random = new Random(3);
    for (int run = 0; run < 200; run++) {
      long[] sizes = random.longs(1 + random.nextInt(6), 0, 6).toArray();
      RoundRobin order = new RoundRobin(sizes);
      long drawn = 0;
      for (int turn = 1; turn <= 6; turn++) {
        for (int cluster = 0; cluster < sizes.length; cluster++) {
          if (turn <= sizes[cluster]) {
            drawn++;
            assertThat(order.rank(turn, cluster)).isEqualTo(drawn);
          }
        }
      }
    }
  }
}
