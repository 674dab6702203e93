package org.sightmill.trainer.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.data.Percentage.withPercentage;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;

class SftGoldenTest extends GoldenFixture {
  private static Policy policy;

  @BeforeAll
  static void load() {
    policy = Policy.load(root, golden.model(), PolicyOptions.whole(ComputeType.FLOAT32));
  }

  @ParameterizedTest
  @EnumSource(
      value = PassMode.class,
      names = {"KEEP_ACTIVATIONS", "RECOMPUTE"})
  void lossAndGradientNormsAgreeWithTheReference(PassMode mode) {
    try (Scope scope = root.child();
        Gradients gradients = policy.newGradients(scope)) {
      double loss = SftSteps.loss(scope, policy, golden, golden.padding(), mode, gradients);
      assertThat(loss).isCloseTo(golden.at("/sft/loss").asDouble(), within(1e-5));
      assertNorms(gradients.norms(), GoldenModel.norms(golden.at("/sft/grad_norms")));
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = PassMode.class,
      names = {"KEEP_ACTIVATIONS", "RECOMPUTE"})
  void garbageCollectionBetweenForwardAndBackwardChangesNothing(PassMode mode) {
    for (int round = 0; round < 3; round++) {
      try (Scope scope = root.child();
          Gradients gradients = policy.newGradients(scope);
          PromptPass pass = policy.encode(scope, golden.forwardPrompts(), golden.padding(), mode)) {
        int count = pass.score(golden.sftChoices(), 1).length;
        churnJavaMemory();
        pass.raise(golden.sftChoices(), -1.0 / count, gradients);
        churnJavaMemory();
        pass.backward(gradients);
        assertNorms(gradients.norms(), GoldenModel.norms(golden.at("/sft/grad_norms")));
      }
    }
  }

  /** Lets the collector free direct buffers, and others take their place. */
  private static void churnJavaMemory() {
    System.gc();
    for (int i = 0; i < 2_000; i++) {
      ByteBuffer noise = ByteBuffer.allocateDirect(1 << (i % 16));
      for (int at = 0; at + Long.BYTES <= noise.capacity(); at += Long.BYTES) {
        noise.putLong(at, 0x4b4b4b4b4b4b4b4bL);
      }
    }
    System.gc();
  }

  @Test
  void rowsOneByOneAddUpToTheBatchHoweverPadded() {
    List<boolean[]> choices = golden.sftChoices();
    choices.forEach(row -> row[0] = false); // has no meaning without padding
    try (Scope scope = root.child();
        Gradients together = policy.newGradients(scope);
        Gradients apart = policy.newGradients(scope)) {
      double batch =
          SftSteps.loss(
              scope,
              policy,
              golden.forwardPrompts(),
              choices,
              golden.padding(),
              PassMode.RECOMPUTE,
              together);
      double sum = 0;
      for (int row = 0; row < choices.size(); row++) {
        sum += rowLoss(scope, row, choices, apart);
      }
      assertThat(sum).isCloseTo(batch, within(1e-5));
      assertNorms(apart.norms(), together.norms());
    }
  }

  private static double rowLoss(
      Scope scope, int row, List<boolean[]> choices, Gradients gradients) {
    int count = SftSteps.count(choices);
    List<Prompt> one = List.of(golden.forwardPrompts().get(row));
    try (PromptPass pass = policy.encode(scope, one, Padding.RIGHT, PassMode.KEEP_ACTIVATIONS)) {
      float[] found = pass.raise(List.of(choices.get(row)), -1.0 / count, gradients);
      pass.backward(gradients);
      return -SftSteps.sum(found) / count;
    }
  }

  static void assertNorms(Map<String, Float> found, Map<String, Float> expected) {
    assertThat(found).containsOnlyKeys(expected.keySet());
    expected.forEach(
        (name, norm) -> assertThat(found.get(name)).as(name).isCloseTo(norm, withPercentage(0.1)));
  }
}
