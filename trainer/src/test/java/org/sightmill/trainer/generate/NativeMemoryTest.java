package org.sightmill.trainer.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import java.util.ArrayList;
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
  private static final int WARM_UP_STEPS = 30;
  private static final int STEPS = 60;

  /** Room for the just-in-time compiler, whose memory comes from the same allocator. */
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
              WARM_UP_STEPS + STEPS,
              () -> bytes.add(Glibc.INSTANCE.mallinfo2().bytes()));
    }
    double growth = bytes.get(bytes.size() - 1) - bytes.get(WARM_UP_STEPS - 1);
    assertThat(growth / STEPS).as("bytes a step").isLessThan(ALLOWED_BYTES_A_STEP);
  }
}
