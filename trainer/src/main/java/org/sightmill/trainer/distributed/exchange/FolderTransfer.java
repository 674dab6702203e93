package org.sightmill.trainer.distributed.exchange;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The files of a folder from one process to another, each piece with its checksum. */
final class FolderTransfer {
  private static final int PIECE_BYTES = 4 << 20;

  private FolderTransfer() {}

  static void send(Channel channel, long version, Path folder) throws IOException {
    List<Path> paths;
    try (Stream<Path> all = Files.list(folder)) {
      paths = all.filter(Files::isRegularFile).sorted().toList();
    }
    List<Message.File> files = new ArrayList<>();
    for (Path path : paths) {
      files.add(new Message.File(path.getFileName().toString(), Files.size(path)));
    }
    channel.send(new Message.Serving(files));
    for (int i = 0; i < files.size(); i++) {
      send(channel, version, i, files.get(i), paths.get(i));
    }
  }

  private static void send(Channel channel, long version, int index, Message.File file, Path path)
      throws IOException {
    byte[] piece = new byte[PIECE_BYTES];
    try (InputStream in = Files.newInputStream(path)) {
      for (int i = 0; i < pieces(file); i++) {
        Frame frame = frame(version, index, file, i);
        if (in.readNBytes(piece, 0, frame.length()) < frame.length()) {
          throw new IOException("%s became shorter while it was sent".formatted(path));
        }
        channel.send(frame, piece);
      }
    }
  }

  /**
   * Asks for a folder and writes its files into another.
   *
   * @param wait for the other to begin
   * @throws IOException if it refuses or goes away, or a file can't be written
   */
  static void fetch(
      Channel channel, Message.Fetch request, Path folder, Duration wait, Duration stall)
      throws IOException {
    channel.send(request);
    Message answer = channel.receive(wait);
    if (answer instanceof Message.Refused refused) {
      throw new IOException(refused.why());
    }
    if (!(answer instanceof Message.Serving serving)) {
      throw new CorruptFrameException("answered %s to %s".formatted(answer, request.content()));
    }
    for (int i = 0; i < serving.files().size(); i++) {
      receive(channel, request.version(), i, serving.files().get(i), folder, stall);
    }
  }

  private static void receive(
      Channel channel, long version, int index, Message.File file, Path folder, Duration stall)
      throws IOException {
    Path target = folder.resolve(file.name());
    if (!folder.equals(target.getParent())) {
      throw new CorruptFrameException("'%s' is no name of a file".formatted(file.name()));
    }
    byte[] piece = new byte[PIECE_BYTES];
    try (OutputStream out = Files.newOutputStream(target)) {
      for (int i = 0; i < pieces(file); i++) {
        Frame frame = frame(version, index, file, i);
        channel.receive(frame, piece, stall);
        out.write(piece, 0, frame.length());
      }
    }
  }

  private static int pieces(Message.File file) {
    return Math.toIntExact((file.bytes() + PIECE_BYTES - 1) / PIECE_BYTES);
  }

  private static Frame frame(long version, int index, Message.File file, int piece) {
    long left = file.bytes() - (long) piece * PIECE_BYTES;
    return new Frame(version, 0, index, piece, (int) Math.min(PIECE_BYTES, left));
  }
}
