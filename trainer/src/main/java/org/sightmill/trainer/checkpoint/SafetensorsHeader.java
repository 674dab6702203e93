package org.sightmill.trainer.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the header of a safetensors file: 8 bytes little-endian length, JSON of that length, then
 * the data, to which offsets in the JSON are relative.
 */
final class SafetensorsHeader {
  /** The format's own limit. */
  private static final long MAX_HEADER_BYTES = 100_000_000;

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final List<String> problems;

  private SafetensorsHeader(Path file, List<String> problems) {
    this.file = file;
    this.problems = problems;
  }

  /** The file's tensors; what is wrong is added to the problems. */
  static List<TensorEntry> read(Path file, List<String> problems) {
    SafetensorsHeader header = new SafetensorsHeader(file, problems);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      return header.entries(channel);
    } catch (JsonProcessingException e) {
      header.problem("header is not JSON: " + e.getOriginalMessage());
    } catch (IOException e) {
      header.problem("can't be read: " + e);
    }
    return List.of();
  }

  private List<TensorEntry> entries(FileChannel channel) throws IOException {
    long size = channel.size();
    if (size < Long.BYTES) {
      return problem("has %d bytes, fewer than a header's length field".formatted(size));
    }
    long length = bytes(channel, 0, Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).getLong();
    if (length < 2 || length > Math.min(MAX_HEADER_BYTES, size - Long.BYTES)) {
      return problem(
          "header length %d is outside of 2 to %d"
              .formatted(length, Math.min(MAX_HEADER_BYTES, size - Long.BYTES)));
    }
    byte[] text = bytes(channel, Long.BYTES, (int) length).array();
    JsonNode root = JSON.readTree(new String(text, StandardCharsets.UTF_8));
    return root == null || !root.isObject()
        ? problem("header is not a JSON object")
        : entries(root, Long.BYTES + length, size);
  }

  private List<TensorEntry> entries(JsonNode root, long dataStart, long fileSize) {
    List<TensorEntry> entries = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : root.properties()) {
      if (!field.getKey().equals("__metadata__")) {
        entry(field.getKey(), field.getValue(), dataStart, fileSize).ifPresent(entries::add);
      }
    }
    return entries;
  }

  private Optional<TensorEntry> entry(String name, JsonNode node, long dataStart, long fileSize) {
    Optional<StoredType> type = StoredType.named(node.path("dtype").asText());
    List<Long> shape = new ArrayList<>();
    node.path("shape").forEach(size -> shape.add(size.asLong(-1)));
    long begin = node.path("data_offsets").path(0).asLong(-1);
    long end = node.path("data_offsets").path(1).asLong(-1);
    Optional<String> fault =
        fault(type, node.path("dtype").asText(), shape, begin, end, fileSize - dataStart);
    fault.ifPresent(text -> problem("tensor %s: %s".formatted(name, text)));
    return fault.isPresent()
        ? Optional.empty()
        : Optional.of(
            new TensorEntry(name, type.orElseThrow(), shape, file, dataStart + begin, end - begin));
  }

  private static Optional<String> fault(
      Optional<StoredType> type,
      String typeName,
      List<Long> shape,
      long begin,
      long end,
      long room) {
    if (type.isEmpty()) {
      return Optional.of("dtype '%s' is none of F32, F16, BF16".formatted(typeName));
    }
    if (shape.stream().anyMatch(size -> size < 0)) {
      return Optional.of("shape %s has a negative size".formatted(shape));
    }
    long expected =
        TensorEntry.elements(shape.stream().mapToLong(Long::longValue).toArray())
            * type.get().bytes();
    if (begin < 0 || end - begin != expected) {
      return Optional.of(
          "offsets %d to %d do not hold shape %s of %s (%d bytes)"
              .formatted(begin, end, shape, typeName, expected));
    }
    return end > room
        ? Optional.of("ends at byte %d of the data, which has %d (truncated?)".formatted(end, room))
        : Optional.empty();
  }

  private static ByteBuffer bytes(FileChannel channel, long position, int count)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(count);
    while (buffer.hasRemaining() && channel.read(buffer, position + buffer.position()) >= 0) {
      continue;
    }
    return buffer.flip();
  }

  private List<TensorEntry> problem(String text) {
    problems.add("[%s] %s".formatted(file.getFileName(), text));
    return List.of();
  }
}
