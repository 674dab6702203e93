package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.CRC32C;

/**
 * A replica without a model: its gradients are random numbers of very different sizes that depend
 * on step, shard and weights, so that any other order of addition shows; its optimizer has a
 * momentum.
 */
final class FakeReplica implements Replica {
  private static final int[] BUCKETS = {37, 5, 64};
  private static final int FLOATS = Arrays.stream(BUCKETS).sum();

  private final float[] weights = new float[FLOATS];
  private final float[] momentum = new float[FLOATS];
  private final float[] sum = new float[FLOATS];
  private final Map<ShardTree.Node, float[]> gradients = new HashMap<>();
  private long version;
  private Runnable beforeShard = () -> {};
  private float fault;

  FakeReplica() {
    restart();
  }

  /** Runs something before each shard, such as a kill. */
  FakeReplica beforeShard(Runnable hook) {
    beforeShard = hook;
    return this;
  }

  /** Applies every sum slightly wrong. */
  FakeReplica faulty() {
    fault = 1e-3f;
    return this;
  }

  @Override
  public long version() {
    return version;
  }

  @Override
  public String hash() {
    CRC32C hash = new CRC32C();
    SumHash.update(hash, weights);
    SumHash.update(hash, momentum);
    return "%08x".formatted(hash.getValue());
  }

  @Override
  public void save(Path folder) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(2 * FLOATS * Float.BYTES);
    bytes.asFloatBuffer().put(weights).put(momentum);
    Files.write(folder.resolve("state"), bytes.array());
  }

  @Override
  public void export(Path folder) throws IOException {
    Files.writeString(folder.resolve("model"), hash());
  }

  @Override
  public void load(Path folder, long newVersion) throws IOException {
    ByteBuffer.wrap(Files.readAllBytes(folder.resolve("state")))
        .asFloatBuffer()
        .get(weights)
        .get(momentum);
    version = newVersion;
  }

  @Override
  public void restart() {
    Random random = new Random(1);
    for (int i = 0; i < FLOATS; i++) {
      weights[i] = random.nextFloat();
      momentum[i] = 0;
    }
    version = 0;
  }

  /** Says that the weights are those of a version. */
  FakeReplica pretending(long newVersion) {
    version = newVersion;
    return this;
  }

  @Override
  public void invalidate() {
    version = -1;
  }

  @Override
  public List<Integer> buckets() {
    return Arrays.stream(BUCKETS).boxed().toList();
  }

  @Override
  public NodeReport compute(ShardTree.Node node, Runnable betweenShards) {
    float[] sum =
        ShardTree.sum(
            node,
            part -> part.isLeaf() ? leaf(part.from(), betweenShards) : null,
            ShardTree::added);
    gradients.put(node, sum);
    return new NodeReport(node, new byte[] {(byte) node.from(), (byte) node.until()});
  }

  private float[] leaf(int shard, Runnable betweenShards) {
    betweenShards.run();
    beforeShard.run();
    return gradient(shard);
  }

  private float[] gradient(int shard) {
    Random random = new Random(version * 1000 + shard);
    float[] gradient = new float[FLOATS];
    for (int i = 0; i < FLOATS; i++) {
      gradient[i] =
          (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 6)) + weights[i];
    }
    return gradient;
  }

  @Override
  public void readGradients(ShardTree.Node node, int bucket, float[] into) {
    System.arraycopy(gradients.get(node), start(bucket), into, 0, BUCKETS[bucket]);
  }

  @Override
  public void writeSum(int bucket, float[] from) {
    System.arraycopy(from, 0, sum, start(bucket), BUCKETS[bucket]);
  }

  private static int start(int bucket) {
    return Arrays.stream(BUCKETS, 0, bucket).sum();
  }

  /** The sum that was exchanged last. */
  float[] sum() {
    return sum.clone();
  }

  @Override
  public String applySum() {
    for (int i = 0; i < FLOATS; i++) {
      momentum[i] = 0.9f * momentum[i] + sum[i];
      weights[i] -= 1e-6f * momentum[i] + fault;
    }
    version++;
    return "version " + version;
  }

  @Override
  public void discard() {
    gradients.clear();
  }
}
