package org.sightmill.pipeline.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderTreeTest {
  @TempDir private java.nio.file.Path folder;

  private List<FileStatus> files(java.nio.file.Path below) throws IOException {
    return FolderTree.files(FileSystem.getLocal(new Configuration()), new Path(below.toUri()));
  }

  @Test
  void findsTheFilesOfAllFoldersAndAsksForNoPermissions() throws IOException {
    Files.createDirectories(folder.resolve("a/b"));
    Files.createDirectories(folder.resolve("empty"));
    for (String name : List.of("1", "a/2", "a/b/3")) {
      Files.writeString(folder.resolve(name), name);
    }
    assertThat(files(folder))
        .as("a status with a location costs a process for its permissions")
        .noneMatch(LocatedFileStatus.class::isInstance)
        .extracting(file -> file.getPath().getName())
        .containsExactlyInAnyOrder("1", "2", "3");
  }

  @Test
  void namesAFolderThatIsNotThere() {
    assertThatThrownBy(() -> files(folder.resolve("gone")))
        .isInstanceOf(FileNotFoundException.class)
        .hasMessageContaining(folder.resolve("gone").toString());
  }
}
