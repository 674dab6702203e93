package org.sightmill.trainer.data;

import java.io.IOException;
import java.io.Serializable;

/** Reads pictures by the path in a row, at the machine that needs them. */
@FunctionalInterface
public interface PictureSource extends Serializable {
  /** The bytes of a picture file. */
  byte[] read(String imagePath) throws IOException;
}
