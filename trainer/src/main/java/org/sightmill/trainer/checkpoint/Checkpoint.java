package org.sightmill.trainer.checkpoint;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/**
 * The tensors of a Hugging Face folder: one {@code model.safetensors}, or shards with an index.
 * Opening reads headers only; tensors are mapped into memory one by one as they are read.
 */
public final class Checkpoint {
  static final String SINGLE = "model.safetensors";
  static final String INDEX = "model.safetensors.index.json";

  private final Map<String, TensorEntry> entries;

  private Checkpoint(Map<String, TensorEntry> entries) {
    this.entries = entries;
  }

  /** The folder's tensors; what is wrong with its files is added to the problems. */
  public static Checkpoint open(Path folder, List<String> problems) {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    for (Path file : files(folder, problems)) {
      for (TensorEntry entry : SafetensorsHeader.read(file, problems)) {
        if (entries.putIfAbsent(entry.name(), entry) != null) {
          problems.add(
              "[%s] tensor %s is in another file too".formatted(file.getFileName(), entry.name()));
        }
      }
    }
    return new Checkpoint(entries);
  }

  /** The tensors of one safetensors file of any name, such as adapters or an optimizer's state. */
  public static Checkpoint openFile(Path file, List<String> problems) {
    Map<String, TensorEntry> entries = new LinkedHashMap<>();
    SafetensorsHeader.read(file, problems).forEach(entry -> entries.put(entry.name(), entry));
    return new Checkpoint(entries);
  }

  /** The tensors by stored name, in the order of the files. */
  public Map<String, TensorEntry> entries() {
    return Map.copyOf(entries);
  }

  private static List<Path> files(Path folder, List<String> problems) {
    if (Files.exists(folder.resolve(INDEX))) {
      return shards(folder, problems);
    }
    if (Files.exists(folder.resolve(SINGLE))) {
      return List.of(folder.resolve(SINGLE));
    }
    problems.add("[%s] has neither %s nor %s".formatted(folder, SINGLE, INDEX));
    return List.of();
  }

  private static List<Path> shards(Path folder, List<String> problems) {
    TreeSet<String> names = new TreeSet<>();
    try {
      JsonNode index = new ObjectMapper().readTree(Files.readString(folder.resolve(INDEX)));
      index.path("weight_map").forEach(file -> names.add(file.asText()));
    } catch (IOException e) {
      problems.add("[%s] can't be read: %s".formatted(INDEX, e));
    }
    List<Path> present = new ArrayList<>();
    for (String name : names) {
      if (Files.exists(folder.resolve(name))) {
        present.add(folder.resolve(name));
      } else {
        problems.add("[%s] names shard %s, which does not exist".formatted(INDEX, name));
      }
    }
    return present;
  }

  /** Reads a tensor in its stored shape, converted to the given type; the scope owns it. */
  public static NDArray read(Scope scope, Tensors tensors, TensorEntry entry, ComputeType type) {
    try (FileChannel channel = FileChannel.open(entry.file(), StandardOpenOption.READ);
        Scope mapping = scope.child()) {
      MappedByteBuffer mapped =
          channel.map(FileChannel.MapMode.READ_ONLY, entry.begin(), entry.bytes());
      mapped.order(ByteOrder.nativeOrder());
      NDArray raw = mapping.bytesView(mapped);
      NDArray flat = tensors.decoded(mapping, raw, entry.type().decoderName(), type);
      return scope.keep(flat.reshape(new Shape(entry.dimensions())));
    } catch (IOException e) {
      throw new UncheckedIOException("reading %s of %s".formatted(entry.name(), entry.file()), e);
    }
  }
}
