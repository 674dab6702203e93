package org.sightmill.pipeline.collect.pack;

import java.io.IOException;
import java.io.Serializable;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/** Pictures from packs, by name; sent to executors. */
public interface PackedPictures extends Serializable {
  /** A source without packs. */
  PackedPictures NONE = (name, hadoop) -> Optional.empty();

  /** The bytes of the picture with this name. */
  Optional<byte[]> find(String name, Configuration hadoop) throws IOException;

  /** What keeps the packs from being whole, for messages; empty when nothing does. */
  default String problem(Configuration hadoop) throws IOException {
    return "";
  }
}
