package org.sightmill.pipeline.collect.source;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** Opens files through Hadoop, unpacking by their name. */
final class Files {
  private Files() {}

  /** Whether the file is unpacked while it is read, and so can't be entered in the middle. */
  static boolean isPacked(Path file, Configuration hadoop) {
    return new CompressionCodecFactory(hadoop).getCodec(file) != null;
  }

  static InputStream open(Path file, Configuration hadoop) throws IOException {
    InputStream in = file.getFileSystem(hadoop).open(file);
    CompressionCodec codec = new CompressionCodecFactory(hadoop).getCodec(file);
    return codec == null ? in : codec.createInputStream(in);
  }
}
