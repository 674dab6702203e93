package org.sightmill.trainer.update;

import ai.djl.ndarray.NDArray;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32C;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.model.Gradients;
import org.sightmill.trainer.model.Policy;
import org.sightmill.trainer.optim.AdamW;

/**
 * A policy with its optimizer. Given the same weights, moments and gradients, every machine ends
 * with the same weights. One thread at a time.
 */
public final class PolicyUpdater {
  private final Policy policy;
  private final AdamW optimizer;
  private final double maxNorm;

  /** Moments of zero; they live as long as the scope. */
  public PolicyUpdater(Scope scope, Policy policy, OptimizerSettings settings) {
    this.policy = policy;
    this.optimizer = new AdamW(scope, policy.masters(), settings.adamW());
    this.maxNorm = settings.maxGradNorm();
  }

  /**
   * Takes one step down the gradients, which it scales; leaves weights and moments as they are
   * where the gradients are no finite numbers.
   *
   * @return the norm before clipping
   */
  public double apply(Gradients gradients, double learningRate) {
    List<NDArray> ordered = gradients.inOrder();
    double norm = optimizer.clip(ordered, maxNorm);
    if (Double.isFinite(norm)) {
      optimizer.step(ordered, learningRate);
      policy.refresh();
    }
    return norm;
  }

  /** The weights that train and the optimizer's state, by names that a checkpoint keeps. */
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    List<String> names =
        policy.trainables().stream().map(trainable -> trainable.pieces().get(0).name()).toList();
    put(state, "weight/", names, policy.masters());
    List<NDArray> moments = optimizer.state();
    put(state, "first_moment/", names, moments.subList(0, names.size()));
    put(state, "second_moment/", names, moments.subList(names.size(), 2 * names.size()));
    put(state, "steps/", names, moments.subList(2 * names.size(), moments.size()));
    return state;
  }

  private static void put(
      Map<String, NDArray> state, String prefix, List<String> names, List<NDArray> tensors) {
    for (int i = 0; i < names.size(); i++) {
      state.put(prefix + names.get(i), tensors.get(i));
    }
  }

  /** A hash of all weights that train: SHA-256 over the CRC32C of each tensor, in hexadecimal. */
  public String weightHash() {
    MessageDigest digest = sha256();
    for (NDArray master : policy.masters()) {
      CRC32C checksum = new CRC32C();
      checksum.update(master.toByteBuffer());
      digest.update(ByteBuffer.allocate(Long.BYTES).putLong(checksum.getValue()).array());
      digest.update(master.getShape().toString().getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
