import ai.djl.Device;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.generate.ModelBenchmark;
import org.sightmill.trainer.generate.ModelBenchmark.Work;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;

/**
 * The Java half of side_by_side.py: {@code FOLDER TYPE WORK ROWS TOKENS SECONDS} prints tokens/s by the
 * clock and by the calling thread's processor time.
 */
public final class SideBySide {
  public static void main(String[] args) {
    ComputeType compute = ComputeType.valueOf(args[1]);
    Work work = Work.valueOf(args[2]);
    PolicyOptions options =
        switch (work) {
          case TRAIN -> PolicyOptions.withoutVision(compute); // no picture: theirs skips the tower too
          case TRAIN_GROUP -> PolicyOptions.whole(compute);
          case DECODE, DECODE_GROUP -> PolicyOptions.frozen(compute);
        };
    try (Scope root = Scope.on(Device.cpu());
        Policy policy = Policy.load(root, Path.of(args[0]), options)) {
      measure(new ModelBenchmark(root, policy), work, args);
    }
  }

  private static void measure(ModelBenchmark benchmark, Work work, String[] args) {
    int rows = Integer.parseInt(args[3]);
    int tokens = Integer.parseInt(args[4]);
    double seconds = Double.parseDouble(args[5]);
    double expected = benchmark.tokensPerSecond(work, rows, tokens, seconds / 4); // warms up too
    int steps = (int) Math.max(2, Math.round(expected * seconds / rows / tokens));
    List<long[]> times = new ArrayList<>();
    benchmark.repeat(
        work, rows, tokens, steps + 1, () -> times.add(new long[] {System.nanoTime(), cpuNanos()}));
    long[] first = times.get(0);
    long[] last = times.get(steps);
    double done = 1e9 * steps * rows * tokens;
    System.out.println(done / (last[0] - first[0]) + " " + done / (last[1] - first[1]));
  }

  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }
}
