package org.sightmill.pipeline.collect;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Paths;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.sightmill.pipeline.collect.pack.PackedPictures;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.reject.RejectReason;

/**
 * Fetches a record's picture: from the row, from its text, or from a file. Lives on an executor.
 */
final class ImageBytes {
  private static final Pattern DATA_URI = Pattern.compile("data:image/[^,;]+(?:;[^,;]+)*;base64,");
  private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/\\s]+={0,2}\\s*");
  private static final Pattern OTHER_SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+://.*");

  /** Shorter texts are file names, though some are base64 as well. */
  private static final int MIN_BASE64_CHARS = 256;

  private final Configuration hadoop;
  private final long maxBytes;
  private final Map<String, PackedPictures> packs;
  private final Map<String, FileSystem> fileSystems = new HashMap<>();

  /**
   * @param packs of each source that has some
   */
  ImageBytes(Configuration hadoop, long maxBytes, Map<String, PackedPictures> packs) {
    this.hadoop = hadoop;
    this.maxBytes = maxBytes;
    this.packs = packs;
  }

  byte[] fetch(RawRecord record, SourceConfig source) throws RowFault {
    byte[] given = record.imageBytes();
    if (given != null) {
      return limited(given);
    }
    String reference = record.image();
    if (reference == null || reference.isBlank()) {
      throw new RowFault(RejectReason.FIELD_MISSING, "image: the record names no picture");
    }
    String text = reference.strip();
    boolean dataUri = text.startsWith("data:");
    if (dataUri || isBase64(text)) {
      return limited(decoded(dataUri ? DATA_URI.matcher(text).replaceFirst("") : text));
    }
    return file(text, record, source);
  }

  private static boolean isBase64(String text) {
    return text.length() >= MIN_BASE64_CHARS && BASE64.matcher(text).matches();
  }

  private static byte[] decoded(String base64) throws RowFault {
    try {
      return Base64.getMimeDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new RowFault(
          RejectReason.IMAGE_NOT_AN_IMAGE, "picture text is not base64: " + e.getMessage());
    }
  }

  private byte[] file(String reference, RawRecord record, SourceConfig source) throws RowFault {
    Path folder =
        source.images() == null ? new Path(record.file()).getParent() : new Path(source.images());
    List<String> names =
        ImageNames.candidates(below(reference, folder), record.id(), source.imageNames());
    PackedPictures packed = packs.getOrDefault(source.name(), PackedPictures.NONE);
    for (String name : names) {
      Optional<byte[]> bytes = read(new Path(folder, new Path(null, null, name)));
      if (bytes.isEmpty()) {
        bytes = packed(name, packed);
      }
      if (bytes.isPresent()) {
        return limited(bytes.get());
      }
    }
    throw missing(reference, folder, names, packed);
  }

  private Optional<byte[]> packed(String name, PackedPictures packed) {
    try {
      return packed.find(name, hadoop);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read pictures laid out from packs", e);
    }
  }

  private RowFault missing(
      String reference, Path folder, List<String> names, PackedPictures packed) {
    String detail =
        "'%s' is not below %s; tried %s".formatted(reference, folder, String.join(", ", names));
    try {
      String problem = packed.problem(hadoop);
      return new RowFault(
          RejectReason.IMAGE_MISSING, problem.isEmpty() ? detail : detail + "; a pack " + problem);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read pictures laid out from packs", e);
    }
  }

  /** A full URI or absolute path that lies in the folder, relative to it. */
  private static String below(String reference, Path folder) throws RowFault {
    String base = folder.toString() + "/";
    String basePath = folder.toUri().getPath() + "/";
    if (reference.startsWith(base)) {
      return reference.substring(base.length());
    }
    if (reference.startsWith(basePath)) {
      return reference.substring(basePath.length());
    }
    if (OTHER_SCHEME.matcher(reference).matches()) {
      throw new RowFault(
          RejectReason.IMAGE_MISSING,
          "'%s' is a URL outside %s; pictures are not fetched from the network"
              .formatted(reference, folder));
    }
    return reference;
  }

  private Optional<byte[]> read(Path path) throws RowFault {
    try {
      FileSystem fileSystem = fileSystem(path);
      return Optional.of(
          fileSystem instanceof RawLocalFileSystem
              ? local(Paths.get(path.toUri().getPath()))
              : remote(fileSystem, path));
    } catch (FileNotFoundException | NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new RowFault(
          RejectReason.IMAGE_MISSING, "%s can't be read: %s".formatted(path, e.getMessage()));
    }
  }

  /** In one piece: the size is known. */
  private byte[] local(java.nio.file.Path path) throws IOException {
    if (Files.size(path) <= maxBytes) {
      return Files.readAllBytes(path);
    }
    try (InputStream in = Files.newInputStream(path)) {
      return in.readNBytes((int) maxBytes + 1);
    }
  }

  private byte[] remote(FileSystem fileSystem, Path path) throws IOException {
    try (InputStream in = fileSystem.open(path)) {
      return in.readNBytes((int) maxBytes + 1);
    }
  }

  /** Without the checksum layer of Hadoop's local file system, which looks for a side file each. */
  private FileSystem fileSystem(Path path) throws IOException {
    String scheme = String.valueOf(path.toUri().getScheme());
    FileSystem known = fileSystems.get(scheme);
    if (known == null) {
      FileSystem found = path.getFileSystem(hadoop);
      known = found instanceof LocalFileSystem local ? local.getRawFileSystem() : found;
      fileSystems.put(scheme, known);
    }
    return known;
  }

  private byte[] limited(byte[] bytes) throws RowFault {
    if (bytes.length > maxBytes) {
      throw new RowFault(
          RejectReason.IMAGE_TOO_LARGE, "over %d bytes (max_image_bytes)".formatted(maxBytes));
    }
    return bytes;
  }
}
