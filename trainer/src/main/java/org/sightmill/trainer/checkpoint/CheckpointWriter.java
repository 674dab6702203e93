package org.sightmill.trainer.checkpoint;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/**
 * Writes a model's tensors as {@code save_pretrained} of transformers does: one {@code
 * model.safetensors}, or, where that would be larger than a limit ({@code max_shard_size}), shards
 * {@code model-00001-of-00003.safetensors} and an index. Tensors are made one at a time, as they
 * are written.
 */
public final class CheckpointWriter {
  /** Bytes of data in a shard at most, unless one tensor alone is larger: 5 GB. */
  public static final long DEFAULT_SHARD_BYTES = 5_000_000_000L;

  private static final String SHARD = "model-%05d-of-%05d.safetensors";
  private static final Pattern ANY_SHARD = Pattern.compile("model-\\d{5}-of-\\d{5}\\.safetensors");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final ComputeType type;
  private final long maxShardBytes;
  private final List<Pending> pending = new ArrayList<>();

  private record Pending(String name, long[] shape, Function<Scope, NDArray> source) {}

  /**
   * A folder whose tensors are all stored in one type.
   *
   * @param maxShardBytes a shard's data, without its header
   */
  public CheckpointWriter(ComputeType type, long maxShardBytes) {
    if (maxShardBytes < 1) {
      throw new IllegalArgumentException(
          "max_shard_size must be at least 1 byte but was " + maxShardBytes);
    }
    this.type = type;
    this.maxShardBytes = maxShardBytes;
  }

  /** Adds a tensor, made in the scope that its writing opens. */
  public CheckpointWriter add(String name, long[] shape, Function<Scope, NDArray> source) {
    pending.add(new Pending(name, shape.clone(), source));
    return this;
  }

  /**
   * Writes all that was added. Files of an earlier model in the folder go, so that no reader takes
   * them for this one's; an index comes last.
   */
  public void write(Scope scope, Tensors operations, Path folder) throws IOException {
    List<List<Pending>> shards = shards();
    Map<String, String> files = new TreeMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String file = shards.size() == 1 ? Checkpoint.SINGLE : SHARD.formatted(i + 1, shards.size());
      SafetensorsWriter writer = new SafetensorsWriter(type);
      for (Pending tensor : shards.get(i)) {
        writer.add(tensor.name(), tensor.shape(), tensor.source());
        files.put(tensor.name(), file);
      }
      writer.write(scope, operations, folder.resolve(file));
    }
    removeOthers(folder, files);
    if (shards.size() > 1) {
      writeIndex(folder.resolve(Checkpoint.INDEX), files);
    }
  }

  /** In the order of adding; a shard ends where the next tensor would make it too large. */
  private List<List<Pending>> shards() {
    List<List<Pending>> shards = new ArrayList<>(List.of(new ArrayList<>()));
    long bytes = 0;
    for (Pending tensor : pending) {
      List<Pending> last = shards.get(shards.size() - 1);
      if (!last.isEmpty() && bytes + bytes(tensor) > maxShardBytes) {
        last = new ArrayList<>();
        shards.add(last);
        bytes = 0;
      }
      last.add(tensor);
      bytes += bytes(tensor);
    }
    return shards;
  }

  private long bytes(Pending tensor) {
    return TensorEntry.elements(tensor.shape()) * type.bytes();
  }

  private static void removeOthers(Path folder, Map<String, String> files) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      for (Path file : all.toList()) {
        String name = file.getFileName().toString();
        boolean weights =
            name.equals(Checkpoint.SINGLE)
                || name.equals(Checkpoint.INDEX)
                || ANY_SHARD.matcher(name).matches();
        if (weights && !files.containsValue(name)) {
          Files.delete(file);
        }
      }
    }
  }

  private void writeIndex(Path file, Map<String, String> files) throws IOException {
    ObjectNode index = JSON.createObjectNode();
    index.putObject("metadata").put("total_size", pending.stream().mapToLong(this::bytes).sum());
    ObjectNode map = index.putObject("weight_map");
    files.forEach(map::put);
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    Files.write(partial, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(index));
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }
}
