package org.sightmill.pipeline.teacher.openai;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.PictureConfig;

/** Fetches a run's pictures and makes them fit to be sent, beside the task's own thread. */
final class PictureShelf {
  /** Reading waits for storage and encoding for a core. */
  private static final int THREADS = 2 * Runtime.getRuntime().availableProcessors();

  private static final ExecutorService EXECUTOR =
      Executors.newFixedThreadPool(THREADS, Daemons.named("sightmill-pictures"));

  private final Path folder;
  private final PictureFitter fitter;
  private final Configuration hadoop;

  PictureShelf(String folder, PictureConfig config, Configuration hadoop) {
    this.folder = new Path(folder);
    this.hadoop = hadoop;
    this.fitter = new PictureFitter(config);
  }

  /** The picture, or a {@link CallFailure} with the code PICTURE_UNUSABLE. */
  CompletableFuture<Picture> fetch(String relativePath) {
    return CompletableFuture.supplyAsync(() -> read(relativePath), EXECUTOR);
  }

  private Picture read(String relativePath) {
    Path path = new Path(folder, relativePath);
    try {
      FileSystem files = path.getFileSystem(hadoop);
      try (FSDataInputStream in = files.open(path)) {
        return fitter.fit(in.readAllBytes());
      }
    } catch (IOException | RuntimeException e) {
      throw new CompletionException(
          CallFailure.of(
              CallFault.PICTURE_UNUSABLE, "%s: %s".formatted(relativePath, e.getMessage())));
    }
  }
}
