package org.sightmill.trainer.generate;

import ai.djl.Device;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.generate.ModelBenchmark.Work;
import org.sightmill.trainer.model.GoldenModel;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;

/**
 * Prints, for each kind of work, how many bytes the allocator has handed out after each step: a
 * line with its name and the numbers. The last line is of a loop that keeps one tensor a step.
 */
final class NativeMemoryRun {
  static final String LEAK = "LEAK";
  static final int LEAKED_BYTES = 4096;

  private static final int ROWS = 4;
  private static final int TOKENS = 8;

  private NativeMemoryRun() {}

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

  public static void main(String[] arguments) {
    int steps = Integer.parseInt(arguments[0]);
    for (Work work : Work.values()) {
      print(work.name(), bytesAfterSteps(work, steps));
    }
    print(LEAK, bytesAfterLeaks(steps));
  }

  private static List<Long> bytesAfterSteps(Work work, int steps) {
    boolean trains = work == Work.TRAIN || work == Work.TRAIN_GROUP;
    PolicyOptions options =
        trains
            ? PolicyOptions.whole(ComputeType.FLOAT32)
            : PolicyOptions.frozen(ComputeType.FLOAT32);
    List<Long> bytes = new ArrayList<>();
    try (Scope root = Scope.on(Device.cpu());
        Policy policy = Policy.load(root, GoldenModel.open().model(), options)) {
      new ModelBenchmark(root, policy)
          .repeat(work, ROWS, TOKENS, steps, () -> bytes.add(Glibc.INSTANCE.mallinfo2().bytes()));
    }
    return bytes;
  }

  private static List<Long> bytesAfterLeaks(int steps) {
    List<Long> bytes = new ArrayList<>();
    try (Scope root = Scope.on(Device.cpu())) {
      for (int step = 0; step < steps; step++) {
        root.zeros(LEAKED_BYTES / Float.BYTES);
        bytes.add(Glibc.INSTANCE.mallinfo2().bytes());
      }
    }
    return bytes;
  }

  private static void print(String name, List<Long> bytes) {
    String numbers = bytes.stream().map(String::valueOf).collect(Collectors.joining(" "));
    System.out.println(name + " " + numbers);
  }
}
