package org.sightmill.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.generate.ModelBenchmark.Work;
import org.sightmill.trainer.model.GoldenModel;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;

/**
 * Steps give back all native memory that they take. What the allocator has handed out is counted,
 * not the resident set, so that a tensor, a graph or a list handle that nothing closes shows
 * whatever its size, and fragmentation does not.
 */
@EnabledOnOs(OS.LINUX)
class NativeMemoryTest {
  private static final int ROWS = 4;
  private static final int TOKENS = 24;
  private static final int WARM_UP_STEPS = 20;

  /** Least values of so many steps are compared: the just-in-time compiler comes and goes. */
  private static final int WINDOW_STEPS = 20;

  private static final int STEPS_BETWEEN = 60;
  private static final double ALLOWED_BYTES_A_STEP = 10_000;

  /** The part of glibc that counts. */
  public interface Glibc extends Library {
    Glibc INSTANCE = Native.load("c", Glibc.class);

    Counts mallinfo2();
  }

  /** {@code struct mallinfo2}. */
  @Structure.FieldOrder("sizes")
  public static final class Counts extends Structure implements Structure.ByValue {
    private static final int MAPPED = 4;
    private static final int IN_USE = 7;

    public long[] sizes = new long[10];

    long bytes() {
      return sizes[MAPPED] + sizes[IN_USE];
    }
  }

  @ParameterizedTest
  @EnumSource(Work.class)
  void stepsGiveBackWhatTheyTake(Work work) {
    boolean trains = work == Work.TRAIN || work == Work.TRAIN_GROUP;
    PolicyOptions options =
        trains
            ? PolicyOptions.whole(ComputeType.FLOAT32)
            : PolicyOptions.frozen(ComputeType.FLOAT32);
    List<Long> bytes = new ArrayList<>();
    try (Scope root = Scope.on(Device.cpu());
        Policy policy = Policy.load(root, GoldenModel.open().model(), options)) {
      new ModelBenchmark(root, policy)
          .repeat(
              work,
              ROWS,
              TOKENS,
              WARM_UP_STEPS + STEPS_BETWEEN + WINDOW_STEPS,
              () -> bytes.add(Glibc.INSTANCE.mallinfo2().bytes()));
    }
    double growth = least(bytes, WARM_UP_STEPS + STEPS_BETWEEN) - least(bytes, WARM_UP_STEPS);
    assertThat(growth / STEPS_BETWEEN).as("bytes a step").isLessThan(ALLOWED_BYTES_A_STEP);
  }

  private static long least(List<Long> bytes, int from) {
    return Collections.min(bytes.subList(from, from + WINDOW_STEPS));
  }
}
