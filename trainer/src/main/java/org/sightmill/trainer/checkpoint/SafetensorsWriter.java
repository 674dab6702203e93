package org.sightmill.trainer.checkpoint;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sightmill.trainer.engine.ComputeType;
import org.sightmill.trainer.engine.Scope;
import org.sightmill.trainer.engine.Tensors;

/**
 * Writes a safetensors file that transformers loads. The file appears whole or not at all: it is
 * written beside its place and moved there.
 */
public final class SafetensorsWriter {
  private static final int ALIGNMENT = 8;

  private final ObjectMapper json = new ObjectMapper();
  private final ObjectNode header = json.createObjectNode();
  private final List<Function<Scope, NDArray>> tensors = new ArrayList<>();
  private final ComputeType type;
  private long dataBytes;

  /** A file whose tensors are all stored in one type. */
  public SafetensorsWriter(ComputeType type) {
    this.type = type;
    header.putObject("__metadata__").put("format", "pt");
  }

  /** Adds a tensor, which must stay open until {@link #write}. */
  public SafetensorsWriter add(String name, NDArray tensor) {
    return add(name, tensor.getShape().getShape(), scope -> tensor);
  }

  /** Adds a tensor that is made when its turn comes, in a scope that ends with its writing. */
  SafetensorsWriter add(String name, long[] shape, Function<Scope, NDArray> source) {
    ObjectNode entry = header.putObject(name);
    entry.put("dtype", type == ComputeType.BFLOAT16 ? "BF16" : "F32");
    for (long size : shape) {
      entry.withArray("shape").add(size);
    }
    if (shape.length == 0) {
      entry.putArray("shape");
    }
    entry.withArray("data_offsets").add(dataBytes);
    dataBytes += TensorEntry.elements(shape) * type.bytes();
    entry.withArray("data_offsets").add(dataBytes);
    tensors.add(source);
    return this;
  }

  /** Writes all that was added. */
  public void write(Scope scope, Tensors operations, Path file) throws IOException {
    Path partial = file.resolveSibling(file.getFileName() + ".partial");
    try (FileChannel channel =
        FileChannel.open(
            partial,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      writeFully(channel, headerBytes());
      for (Function<Scope, NDArray> source : tensors) {
        writeTensor(scope, operations, channel, source);
      }
      channel.force(true);
    }
    Files.move(partial, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private ByteBuffer headerBytes() throws IOException {
    byte[] text = json.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    int padded = (text.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    ByteBuffer bytes = ByteBuffer.allocate(Long.BYTES + padded).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(padded).put(text);
    while (bytes.hasRemaining()) {
      bytes.put((byte) ' ');
    }
    return bytes.flip();
  }

  private void writeTensor(
      Scope scope, Tensors operations, FileChannel channel, Function<Scope, NDArray> source)
      throws IOException {
    try (Scope local = scope.child()) {
      NDArray converted = operations.converted(local, source.apply(local), type);
      writeFully(channel, operations.bytes(local, converted).toByteBuffer());
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
