import ai.djl.Device;
import java.nio.file.Path;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.generate.ModelBenchmark;
import org.sightmill.trainer.generate.ModelBenchmark.Work;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.model.PolicyOptions;

/** The Java half of side_by_side.py: {@code FOLDER TYPE WORK ROWS TOKENS SECONDS} prints tokens/s. */
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
      double rate =
          new ModelBenchmark(root, policy)
              .tokensPerSecond(
                  work,
                  Integer.parseInt(args[3]),
                  Integer.parseInt(args[4]),
                  Double.parseDouble(args[5]));
      System.out.println(rate);
    }
  }
}
