package org.sightmill.trainer.checkpoint;

import java.util.Locale;
import java.util.Optional;

/** Number formats of tensors in a file, little-endian. */
public enum StoredType {
  /** IEEE single precision. */
  F32(4),
  /** IEEE half precision. */
  F16(2),
  /** The upper half of a single. */
  BF16(2);

  private final int bytes;

  StoredType(int bytes) {
    this.bytes = bytes;
  }

  /** Bytes per number. */
  public int bytes() {
    return bytes;
  }

  /** The type with a safetensors name, if it is one that weights may have. */
  static Optional<StoredType> named(String name) {
    for (StoredType type : values()) {
      if (type.name().equals(name)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** The name that the engine's decoder goes by. */
  String decoderName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
