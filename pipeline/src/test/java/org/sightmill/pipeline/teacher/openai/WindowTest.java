package org.sightmill.pipeline.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class WindowTest {

  @Test
  void doublesWhileCallsWaitAndNothingIsRefused() {
    Window window = new Window();
    serve(window, Window.START);
    assertThat(window.size()).isEqualTo(2 * Window.START);
    serve(window, 2 * Window.START);
    assertThat(window.size()).isEqualTo(4 * Window.START);
  }

  @Test
  void staysAsItIsWhenNobodyWaits() {
    Window window = new Window();
    for (int i = 0; i < 10 * Window.START; i++) {
      window.served();
    }
    assertThat(window.size()).isEqualTo(Window.START);
  }

  @Test
  void cutsOnceForAllRefusalsOfOneMomentThenAddsSlowly() {
    Window window = new Window();
    serve(window, Window.START);
    long mark = window.mark();
    for (int i = 0; i < 20; i++) {
      window.refused(mark);
    }
    assertThat(window.size()).isEqualTo(Window.START);
    serve(window, Window.START);
    assertThat(window.size()).isEqualTo(Window.START + 4);
  }

  @Test
  void neverClosesWhateverIsRefused() {
    Window window = new Window();
    for (int i = 0; i < 1_000; i++) {
      window.refused(window.mark());
    }
    assertThat(window.size()).isEqualTo(1);
  }

  /** One in twenty refused at random says nothing about load: 64 calls must stay possible. */
  @Test
  void bearsAFewRefusals() {
    Random random = new Random(7);
    Window window = new Window();
    int small = 0;
    for (int i = 0; i < 50_000; i++) {
      window.full();
      if (random.nextInt(20) == 0) {
        window.refused(window.mark());
      } else {
        window.served();
      }
      small += i > 1_000 && window.size() < 64 ? 1 : 0;
    }
    assertThat(small).isLessThan(2_500);
  }

  /** As above from the beginning on: chance does not end the doubling while the window is small. */
  @Test
  void fewRefusalsDoNotEndTheDoubling() {
    int doubled = 0;
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      Window window = new Window();
      for (int i = 0; i < Window.START + 2 * Window.START; i++) {
        window.full();
        if (random.nextInt(20) == 0) {
          window.refused(window.mark());
        } else {
          window.served();
        }
      }
      doubled += window.size() == 4 * Window.START ? 1 : 0;
    }
    assertThat(doubled).isGreaterThanOrEqualTo(98);
  }

  /** A server that takes forty at once and refuses the rest is given about forty. */
  @Test
  void findsTheRoomThatAServerHas() {
    int room = 40;
    Window window = new Window();
    double sum = 0;
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      int size = window.size();
      long mark = window.mark();
      window.full();
      for (int i = 0; i < size; i++) {
        if (i < room) {
          window.served();
        } else {
          window.refused(mark);
        }
      }
      sum += round < rounds / 4 ? 0 : size;
    }
    assertThat(sum / (rounds * 3 / 4)).isBetween(30.0, 50.0);
  }

  private static void serve(Window window, int calls) {
    for (int i = 0; i < calls; i++) {
      window.full();
      window.served();
    }
  }
}
