package org.sightmill.pipeline.official;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A folder with a few records of every source, each in its official form with its known dirt. Texts
 * are our own, and so are the pictures: drawn here, 64 x 48 pixels, each in a colour of its own;
 * {@code pictures.txt} says where, with a {@code !} between a pack and the name in it.
 */
public final class OfficialTree {
  private static final Path TEXTS = Path.of("../pipeline/src/test/resources/official");

  private OfficialTree() {}

  /** Writes the tree into a folder and returns that. */
  public static Path layOut(Path folder) throws IOException {
    copyTexts(folder);
    Map<String, List<String>> packs = new TreeMap<>();
    int number = 0;
    for (String place : Files.readAllLines(TEXTS.resolve("pictures.txt"))) {
      number++;
      int mark = place.indexOf('!');
      if (mark < 0) {
        Path file = folder.resolve(place);
        Files.createDirectories(file.getParent());
        Files.write(file, picture(place, number));
      } else {
        packs
            .computeIfAbsent(place.substring(0, mark), unused -> new ArrayList<>())
            .add(place.substring(mark + 1));
      }
    }
    for (Map.Entry<String, List<String>> pack : packs.entrySet()) {
      Path file = folder.resolve(pack.getKey());
      Files.createDirectories(file.getParent());
      pack(file, pack.getValue());
    }
    return folder;
  }

  private static void copyTexts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(TEXTS)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path target = folder.resolve(TEXTS.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  /** A pack of pictures, by its name a zip, a tar, or a tar in gzip. */
  public static void pack(Path file, List<String> names) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      if (file.toString().endsWith(".zip")) {
        zip(out, names);
      } else if (file.toString().endsWith(".tar")) {
        tar(out, names);
      } else {
        tar(new GZIPOutputStream(out), names);
      }
    }
  }

  private static void zip(OutputStream out, List<String> names) throws IOException {
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("folder/"));
      for (String name : names) {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(picture(name, name.hashCode()));
      }
    }
  }

  private static void tar(OutputStream out, List<String> names) throws IOException {
    try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
      tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
      for (String name : names) {
        byte[] bytes =
            name.contains("/._")
                ? "Mac OS X".getBytes(StandardCharsets.US_ASCII)
                : picture(name, name.hashCode());
        TarArchiveEntry entry = new TarArchiveEntry("./" + name);
        entry.setSize(bytes.length);
        tar.putArchiveEntry(entry);
        tar.write(bytes);
        tar.closeArchiveEntry();
      }
    }
  }

  /** A picture of 64 x 48 pixels whose colour follows from the number. */
  public static byte[] picture(String name, int number) throws IOException {
    BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(new Color((number * 0x9E3779B1) & 0xFFFFFF));
    graphics.fillRect(0, 0, 64, 48);
    graphics.setColor(Color.WHITE);
    graphics.fillOval(Math.floorMod(number, 32), 10, 20, 20);
    graphics.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(image, name.endsWith(".png") ? "png" : "jpg", bytes);
    return bytes.toByteArray();
  }
}
