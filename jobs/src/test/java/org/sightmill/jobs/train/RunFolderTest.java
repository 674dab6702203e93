package org.sightmill.jobs.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunFolderTest {
  /** A disk folder under another scheme: what is not the machine's own file system to the code. */
  public static final class ElsewhereFileSystem extends RawLocalFileSystem {
    @Override
    public URI getUri() {
      return URI.create("elsewhere:///");
    }

    @Override
    public String getScheme() {
      return "elsewhere";
    }

    @Override
    public FileStatus getFileStatus(org.apache.hadoop.fs.Path path) throws IOException {
      return plain(super.getFileStatus(path));
    }

    @Override
    public FileStatus[] listStatus(org.apache.hadoop.fs.Path path) throws IOException {
      return Stream.of(super.listStatus(path))
          .map(ElsewhereFileSystem::plain)
          .toArray(FileStatus[]::new);
    }

    /** Without permissions, which the original asks the disk for by its own scheme. */
    private static FileStatus plain(FileStatus status) {
      return new FileStatus(
          status.getLen(),
          status.isDirectory(),
          1,
          status.getBlockSize(),
          status.getModificationTime(),
          status.getPath());
    }
  }

  @TempDir private Path root;

  private RunFolder open() throws IOException {
    Configuration hadoop = new Configuration();
    hadoop.set("fs.elsewhere.impl", ElsewhereFileSystem.class.getName());
    return RunFolder.of("elsewhere://" + root.resolve("run/sft"), hadoop);
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void checkpoint(Path local, String step) throws IOException {
    Path folder = local.resolve("checkpoints").resolve(step);
    write(folder.resolve("weights"), "weights of " + step);
    write(folder.resolve("state.json"), "{}");
  }

  @Test
  void aFolderOfThisMachineIsItself() throws IOException {
    try (RunFolder folder = RunFolder.of(root.resolve("sft").toString(), new Configuration())) {
      assertThat(folder.local()).isEqualTo(root.resolve("sft"));
      folder.publish();
    }
    assertThat(root.resolve("sft")).doesNotExist();
  }

  @Test
  void anotherProcessGoesOnFromWhatWasPublished() throws IOException {
    try (RunFolder first = open()) {
      checkpoint(first.local(), "step-00000001");
      write(first.local().resolve("metrics.jsonl"), "one\n");
      write(first.local().resolve("rollouts/step-00000001.parquet"), "rows");
      write(first.local().resolve("rollouts/.step-00000001.parquet.crc"), "sum");
      first.publish();
    }
    assertThat(root.resolve("run/sft/rollouts")).isDirectoryNotContaining("glob:**/.*");
    try (RunFolder second = open()) {
      second.fetch();
      assertThat(second.local().resolve("checkpoints/step-00000001/weights"))
          .hasContent("weights of step-00000001");
      assertThat(second.local().resolve("metrics.jsonl")).hasContent("one\n");
      assertThat(second.local().resolve("rollouts")).doesNotExist();
    }
  }

  @Test
  void aResumePointWithoutItsStateDoesNotExist() throws IOException {
    try (RunFolder first = open()) {
      checkpoint(first.local(), "step-00000001");
      first.publish();
    }
    write(root.resolve("run/sft/checkpoints/step-00000002/weights"), "half of th");
    try (RunFolder second = open()) {
      second.fetch();
      assertThat(second.local().resolve("checkpoints"))
          .isDirectoryContaining("glob:**/step-00000001")
          .isDirectoryNotContaining("glob:**/step-00000002");
    }
  }

  @Test
  void whatIsPrunedHereGoesThere() throws IOException {
    try (RunFolder folder = open()) {
      checkpoint(folder.local(), "step-00000001");
      folder.publish();
      Files.delete(folder.local().resolve("checkpoints/step-00000001/state.json"));
      Files.delete(folder.local().resolve("checkpoints/step-00000001/weights"));
      Files.delete(folder.local().resolve("checkpoints/step-00000001"));
      checkpoint(folder.local(), "step-00000002");
      folder.publish();
      assertThat(root.resolve("run/sft/checkpoints"))
          .isDirectoryContaining("glob:**/step-00000002")
          .isDirectoryNotContaining("glob:**/step-00000001");
    }
  }
}
