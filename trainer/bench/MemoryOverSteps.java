import ai.djl.Device;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.generate.ModelBenchmark;
import org.sightmill.trainer.generate.ModelBenchmark.Work;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;

/**
 * Memory over many steps: {@code FOLDER WORK ROWS TOKENS STEPS}. The first tenth of the steps is
 * warm-up; the step behind it is the reference for all that follow. Prints, in MB, the resident
 * set, what glibc has handed out, and the collector's heap. Run it with {@code -Xms} equal to
 * {@code -Xmx} and {@code -XX:+AlwaysPreTouch}, so that the heap's own growth is not in the
 * resident set.
 */
public final class MemoryOverSteps {
  private record Sample(double resident, double allocated, double heap) {}

  /** The part of glibc that counts allocations. */
  public interface Glibc extends Library {
    Glibc INSTANCE = Native.load("c", Glibc.class);

    Counts mallinfo2();
  }

  /** {@code struct mallinfo2}: ten sizes. */
  @Structure.FieldOrder("sizes")
  public static final class Counts extends Structure implements Structure.ByValue {
    public long[] sizes = new long[10];

    double inUse() {
      return (sizes[4] + sizes[7]) / 1e6; // hblkhd, mapped blocks, and uordblks
    }
  }

  public static void main(String[] args) {
    Work work = Work.valueOf(args[1]);
    int steps = Integer.parseInt(args[4]);
    PolicyOptions options =
        work == Work.TRAIN || work == Work.TRAIN_GROUP
            ? PolicyOptions.whole(ComputeType.FLOAT32)
            : PolicyOptions.frozen(ComputeType.FLOAT32);
    List<Sample> samples = new ArrayList<>();
    try (Scope root = Scope.on(Device.cpu());
        Policy policy = Policy.load(root, Path.of(args[0]), options)) {
      new ModelBenchmark(root, policy)
          .repeat(
              work,
              Integer.parseInt(args[2]),
              Integer.parseInt(args[3]),
              steps,
              () -> samples.add(sample()));
    }
    for (int i = 0; i < steps; i += Math.max(1, steps / 20)) {
      print("step " + i, samples.get(i));
    }
    print("last", samples.get(steps - 1));
    List<Double> after =
        samples.subList(steps / 10, steps).stream().map(Sample::resident).toList();
    double reference = after.get(0);
    System.out.printf(
        "after %d steps of warm-up: %.0f MB, then %+.1f %% to %+.1f %%, last %+.1f %%%n",
        steps / 10,
        reference,
        100 * (Collections.min(after) / reference - 1),
        100 * (Collections.max(after) / reference - 1),
        100 * (after.get(after.size() - 1) / reference - 1));
  }

  private static void print(String what, Sample sample) {
    System.out.printf(
        "%s: resident %.1f, allocated %.2f, heap %.1f%n",
        what, sample.resident(), sample.allocated(), sample.heap());
  }

  private static Sample sample() {
    Runtime java = Runtime.getRuntime();
    return new Sample(
        resident(),
        Glibc.INSTANCE.mallinfo2().inUse(),
        (java.totalMemory() - java.freeMemory()) / 1e6);
  }

  private static double resident() {
    try {
      return Files.readAllLines(Path.of("/proc/self/status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElseThrow()
          * 1024 / 1e6;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
