package org.sightmill.trainer.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.grpo.TinySetups;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Policy;

class GradientBucketsTest {
  @TempDir Path folder;

  @Test
  void whatIsWrittenIsReadBackWhereverBucketsAreCut() {
    try (Scope root = Scope.on(Device.cpu());
        Policy policy =
            Policy.load(
                root, TinySetups.model(root, folder), TinySetups.settings(folder).options())) {
      for (int size : new int[] {1_000, 7_919, 1 << 24}) {
        GradientBuckets buckets = new GradientBuckets(policy, size);
        List<float[]> given = random(buckets, size);
        try (Scope scope = root.child();
            Gradients gradients = policy.newGradients(scope)) {
          buckets.write(scope, given, gradients);
          List<float[]> found = buckets.read(gradients);
          assertThat(found).hasSize(buckets.count());
          for (int i = 0; i < found.size(); i++) {
            assertThat(found.get(i)).isEqualTo(given.get(i));
          }
        }
      }
    }
  }

  private static List<float[]> random(GradientBuckets buckets, int size) {
    Random random = new Random(size);
    List<float[]> values = new ArrayList<>();
    for (long left = buckets.floats(); left > 0; left -= size) {
      float[] bucket = new float[(int) Math.min(left, size)];
      for (int i = 0; i < bucket.length; i++) {
        bucket[i] = random.nextFloat();
      }
      values.add(bucket);
    }
    return values;
  }

  @Test
  void bucketsOfDifferentSizesAreNotAdded() {
    assertThat(GradientBuckets.add(new float[] {1, 2}, new float[] {3, 4})).containsExactly(4, 6);
    assertThatThrownBy(() -> GradientBuckets.add(new float[2], new float[3]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("buckets of 2 and 3 numbers can't be added");
  }

  @Test
  void aRunThatDoesNotFitIsRefusedFromTheConfigurationAlone() {
    try (Scope root = Scope.on(Device.cpu())) {
      TinySetups.model(root, folder);
    }
    MemoryPlan plan =
        MemoryPlan.of(
            folder,
            TinySetups.settings(folder).options(),
            new MemoryPlan.Load(4, 1_000, PassMode.KEEP_ACTIVATIONS));
    assertThatThrownBy(() -> plan.requireFits(1 << 20))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageMatching("the run needs at least \\d+ MiB but the device has 1: weights .*");
  }

  @Test
  void weightsDoNotTrainBesideAdapters() {
    assertThatThrownBy(
            () ->
                new ModelSettings(
                    "m",
                    null,
                    ModelSettings.DEFAULT_TRAIN,
                    new ModelSettings.Lora(2, 4, java.util.Set.of()),
                    null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("train must be empty where lora is set but was");
  }
}
