package org.sightmill.trainer.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScriptTest {
  private static final String METHODS =
      """
        def scaled(self: Self, x: Tensor, w: Tensor) -> List[Tensor]:
          return [torch.sum(torch.mul(torch.mul(x, w), 3.))]
        def half(self: Self, x: Tensor) -> List[Tensor]:
          return [torch.to(torch.matmul(torch.to(x, 15), torch.to(x, 15)), 6)]
        def picked(self: Self, w: Tensor, index: Tensor, mask: Tensor) -> List[Tensor]:
          return [torch.sum(torch.index_select(torch.masked_fill(w, mask, 0.), 0, index))]
      """;

  private static Scope root;
  private static Script script;
  private static Tensors tensors;

  @BeforeAll
  static void load() {
    root = Scope.on(Device.cpu());
    script = Script.load(root, new ScriptSource("Probe", METHODS));
    tensors = Tensors.load(root);
  }

  @AfterAll
  static void close() {
    root.close();
  }

  @Test
  void gradientsSurviveGarbageCollectionBetweenForwardAndBackward() {
    for (int round = 0; round < 10; round++) {
      try (Scope scope = root.child()) {
        NDArray w = scope.floats(new float[] {1, 2, 3, 4}, 4);
        w.setRequiresGradient(true);
        NDArray loss = lossOverScopedConstants(scope, w);
        churnJavaMemory();
        NDArray gradient =
            tensors.gradients(scope, List.of(loss), List.of(w), List.of(scope.scalar(1))).get(0);
        assertThat(gradient.toFloatArray()).containsExactly(6, 15, 21, 33);
      }
    }
  }

  private static NDArray lossOverScopedConstants(Scope scope, NDArray w) {
    NDArray x = scope.floats(new float[] {2, 5, 7, 11}, 4);
    NDArray loss = script.method("scaled").with(x).with(w).one(scope, Mode.GRADIENT);
    x.close(); // the graph alone must keep what it needs
    return loss;
  }

  @Test
  void gradientsSurviveTheCollectionOfIndicesAndMasks() {
    for (int round = 0; round < 10; round++) {
      try (Scope scope = root.child()) {
        NDArray w = scope.floats(new float[] {1, 2, 3, 4}, 4);
        w.setRequiresGradient(true);
        NDArray index = scope.longs(new long[] {1, 1, 3, 2, 1}, 5);
        NDArray mask = scope.booleans(new boolean[] {false, false, true, false}, 4);
        NDArray sum =
            script.method("picked").with(w).with(index).with(mask).one(scope, Mode.GRADIENT);
        index.close();
        mask.close();
        churnJavaMemory();
        assertThat(
                tensors
                    .gradients(scope, List.of(sum), List.of(w), List.of(scope.scalar(1)))
                    .get(0)
                    .toFloatArray())
            .containsExactly(0, 3, 0, 1);
      }
    }
  }

  private static void churnJavaMemory() {
    for (int i = 0; i < 20; i++) {
      ByteBuffer.allocateDirect(1 << 16).putLong(-1L);
    }
    System.gc();
  }

  @Test
  void modeDecidesAboutTheGraphWhateverTheThreadHasSet() throws Exception {
    AtomicReference<float[]> gradient = new AtomicReference<>();
    AtomicReference<String> valueError = new AtomicReference<>();
    Thread thread = new Thread(() -> differentiateInThisThread(gradient, valueError));
    thread.start();
    thread.join();
    assertThat(gradient.get()).containsExactly(15);
    assertThat(valueError.get()).contains("does not require grad");
  }

  private static void differentiateInThisThread(
      AtomicReference<float[]> gradient, AtomicReference<String> valueError) {
    try (Scope scope = Scope.on(Device.cpu());
        Script own = Script.load(scope, new ScriptSource("Probe", METHODS));
        Tensors operations = Tensors.load(scope)) {
      NDArray w = scope.floats(new float[] {2}, 1);
      w.setRequiresGradient(true);
      NDArray x = scope.floats(new float[] {5}, 1);
      NDArray one = scope.scalar(1);
      NDArray value = own.method("scaled").with(x).with(w).one(scope, Mode.VALUE);
      valueError.set(
          catchThrowable(
                  () -> operations.gradients(scope, List.of(value), List.of(w), List.of(one)))
              .getMessage());
      NDArray loss = own.method("scaled").with(x).with(w).one(scope, Mode.GRADIENT);
      gradient.set(
          operations
              .gradients(scope, List.of(loss), List.of(w), List.of(one))
              .get(0)
              .toFloatArray());
    }
  }

  @Test
  void twoThreadsDifferentiateAtOnce() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<float[]>> found = new ArrayList<>();
      for (float factor : new float[] {5, 7}) {
        found.add(threads.submit(() -> gradientBetweenMeetings(together, factor)));
      }
      assertThat(found.get(0).get()).containsExactly(15);
      assertThat(found.get(1).get()).containsExactly(21);
    } finally {
      threads.shutdownNow();
    }
  }

  /** Both threads hold a graph while either goes backward. */
  private static float[] gradientBetweenMeetings(CyclicBarrier together, float factor)
      throws Exception {
    try (Scope scope = Scope.on(Device.cpu());
        Script own = Script.load(scope, new ScriptSource("Probe", METHODS));
        Tensors operations = Tensors.load(scope)) {
      NDArray w = scope.floats(new float[] {2}, 1);
      w.setRequiresGradient(true);
      NDArray x = scope.floats(new float[] {factor}, 1);
      NDArray loss = own.method("scaled").with(x).with(w).one(scope, Mode.GRADIENT);
      together.await(30, TimeUnit.SECONDS);
      float[] gradient =
          operations
              .gradients(scope, List.of(loss), List.of(w), List.of(scope.scalar(1)))
              .get(0)
              .toFloatArray();
      together.await(30, TimeUnit.SECONDS);
      return gradient;
    }
  }

  @Test
  void aViewOfMemoryThatJavaMayMoveIsRefused() {
    assertThatThrownBy(() -> root.bytesView(ByteBuffer.allocate(8).order(ByteOrder.nativeOrder())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a byte view needs a direct buffer in native order");
  }

  @Test
  void aListWithoutTensorsIsRefused() {
    assertThatThrownBy(() -> TensorList.of(List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a tensor list needs at least one tensor");
  }

  @Test
  void bfloatArithmeticRunsWithoutNamingTheTypeToTheEngine() {
    try (Scope scope = root.child()) {
      NDArray x = scope.floats(new float[] {1, 2, 3, 4}, 2, 2);
      NDArray product = script.method("half").with(x).one(scope, Mode.VALUE);
      assertThat(product.toFloatArray()).containsExactly(7, 10, 15, 22);
    }
  }

  @Test
  void resultsOfAValueCallMayEnterAGraph() {
    try (Scope scope = root.child()) {
      NDArray x = scope.floats(new float[] {1, 0, 0, 1}, 2, 2);
      NDArray value = script.method("half").with(x).one(scope, Mode.VALUE);
      NDArray w = scope.floats(new float[] {1, 1, 1, 1}, 2, 2);
      w.setRequiresGradient(true);
      NDArray loss = script.method("scaled").with(value).with(w).one(scope, Mode.GRADIENT);
      NDArray one = scope.scalar(1);
      assertThat(
              tensors
                  .gradients(scope, List.of(loss), List.of(w), List.of(one))
                  .get(0)
                  .toFloatArray())
          .containsExactly(3, 0, 0, 3);
    }
  }

  @Test
  void refusesOneTensorAsTwoArguments() {
    try (Scope scope = root.child()) {
      NDArray x = scope.floats(new float[] {1}, 1);
      assertThatThrownBy(() -> script.method("scaled").with(x).with(x).run(scope, Mode.VALUE))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("Probe.scaled: argument 1 passes a tensor that is already passed");
    }
  }

  @Test
  void inputsWithoutAPartInTheOutputGetZeroGradients() {
    try (Scope scope = root.child()) {
      NDArray x = scope.floats(new float[] {2}, 1);
      NDArray w = scope.floats(new float[] {3}, 1);
      NDArray unused = scope.floats(new float[] {4, 5}, 2);
      w.setRequiresGradient(true);
      unused.setRequiresGradient(true);
      NDArray loss = script.method("scaled").with(x).with(w).one(scope, Mode.GRADIENT);
      List<NDArray> gradients =
          tensors.gradients(scope, List.of(loss), List.of(w, unused), List.of(scope.scalar(1)));
      assertThat(gradients.get(0).toFloatArray()[0]).isCloseTo(6f, within(1e-6f));
      assertThat(gradients.get(1).toFloatArray()).containsExactly(0, 0);
    }
  }

  @Test
  void inferenceGivesTheSameValues() {
    try (Scope scope = root.child()) {
      NDArray x = scope.floats(new float[] {1, 2, 3, 4}, 2, 2);
      NDList result = script.method("half").with(x).run(scope, Mode.INFERENCE);
      assertThat(result.get(0).toFloatArray()).containsExactly(7, 10, 15, 22);
    }
  }

  @Test
  void namesPlaceholdersWithoutAValue() {
    assertThatThrownBy(
            () -> ScriptSource.filled("Probe", "{eps} {heads}", java.util.Map.of("eps", 1e-6)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("script Probe lacks values for [heads]");
  }
}
