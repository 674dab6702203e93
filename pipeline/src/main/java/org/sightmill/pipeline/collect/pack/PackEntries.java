package org.sightmill.pipeline.collect.pack;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/** The pictures of a pack, in its own order. */
final class PackEntries implements Closeable {
  private static final Pattern PACK = Pattern.compile(".*\\.(?:zip|tar|tar\\.gz|tgz)");
  private static final Pattern PICTURE =
      Pattern.compile("(?i).*\\.(?:jpe?g|png|gif|bmp|webp|tiff?)");
  private static final int BUFFER_BYTES = 1 << 18;

  private final InputStream in;

  private PackEntries(InputStream in) {
    this.in = in;
  }

  /** Whether a file is a pack, by its name. */
  static boolean isPack(String fileName) {
    return PACK.matcher(fileName.toLowerCase(Locale.ROOT)).matches();
  }

  static PackEntries open(InputStream raw, String fileName) throws IOException {
    String name = fileName.toLowerCase(Locale.ROOT);
    InputStream in = new BufferedInputStream(raw, BUFFER_BYTES);
    if (name.endsWith(".zip")) {
      return new PackEntries(new ZipInputStream(in));
    }
    boolean plain = name.endsWith(".tar");
    return new PackEntries(
        new TarArchiveInputStream(plain ? in : new GZIPInputStream(in, BUFFER_BYTES)));
  }

  /**
   * Goes to the next picture and returns its name; {@link #bytes} then gives it. Folders, links,
   * other files and the side files of macOS are passed over.
   *
   * @throws IOException when the pack is cut off or broken here
   */
  Optional<String> next() throws IOException {
    try {
      for (String name = entry(); name != null; name = entry()) {
        if (isPicture(name)) {
          return Optional.of(name.replaceFirst("^(?:\\./|/)+", ""));
        }
      }
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      // ZipInputStream throws it for names that are not UTF-8.
      throw new IOException(e.getMessage(), e);
    }
  }

  /** The next entry's name, which is blank when it is no file; null behind the last. */
  private String entry() throws IOException {
    if (in instanceof ZipInputStream zip) {
      ZipEntry entry = zip.getNextEntry();
      return entry == null ? null : entry.isDirectory() ? "" : entry.getName();
    }
    TarArchiveEntry entry = ((TarArchiveInputStream) in).getNextEntry();
    return entry == null ? null : entry.isFile() ? entry.getName() : "";
  }

  private static boolean isPicture(String name) {
    String base = name.substring(name.lastIndexOf('/') + 1);
    return !base.startsWith("._") && PICTURE.matcher(base).matches();
  }

  /**
   * The picture's bytes, one more than {@code most} when it is larger.
   *
   * @throws IOException when the pack is cut off within it
   */
  byte[] bytes(int most) throws IOException {
    return in.readNBytes(most + 1);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
