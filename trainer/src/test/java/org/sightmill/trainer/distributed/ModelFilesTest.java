package org.sightmill.trainer.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ModelFilesTest {
  private static final Configuration HADOOP = new Configuration(false);

  @TempDir Path folder;

  private Path model() throws IOException {
    Path model = Files.createDirectories(folder.resolve("model"));
    Files.writeString(model.resolve("config.json"), "{}");
    Files.writeString(model.resolve("model.safetensors"), "weights");
    return model;
  }

  @Test
  void aLocalFolderIsUsedWhereItIs() throws IOException {
    Path model = model();
    ModelFiles files = ModelFiles.of(model.toString(), HADOOP);
    assertThat(files.files())
        .extracting(ModelFiles.Entry::name)
        .containsExactly("config.json", "model.safetensors");
    assertThat(files.fetched()).isEqualTo(model);
  }

  @Test
  void aNodeWithOtherFilesIsToldWhich() throws IOException {
    Path model = model();
    ModelFiles files = ModelFiles.of(model.toString(), HADOOP);
    Files.writeString(model.resolve("model.safetensors"), "others");
    assertThatThrownBy(files::fetched)
        .isInstanceOf(IOException.class)
        .hasMessageMatching(
            "\\[.*/model.safetensors\\] has SHA-256 [0-9a-f]{64} on this node"
                + " but [0-9a-f]{64} at the driver");
    Files.delete(model.resolve("config.json"));
    assertThatThrownBy(files::fetched)
        .hasMessageStartingWith("[" + model.resolve("config.json") + "] is missing on this node");
  }

  @Test
  void aFolderOfTheHuggingFaceCacheStandsForItsSnapshot() throws IOException {
    Path cached = folder.resolve("models--owner--name");
    Path blob = Files.createDirectories(cached.resolve("blobs")).resolve("abc");
    Files.writeString(blob, "{}");
    Path snapshot = Files.createDirectories(cached.resolve("snapshots/0123"));
    Files.createSymbolicLink(snapshot.resolve("config.json"), blob);
    Files.createDirectories(cached.resolve("refs"));
    Files.writeString(cached.resolve("refs/main"), "0123\n");
    ModelFiles files = ModelFiles.of(cached.toString(), HADOOP);
    assertThat(files.fetched()).isEqualTo(snapshot);
    assertThat(files.files()).extracting(ModelFiles.Entry::bytes).containsExactly(2L);
  }

  @Test
  void aRemoteFolderIsFetchedOnce() throws IOException {
    Path model = model();
    ModelFiles files = ModelFiles.of(model.toString(), HADOOP);
    org.apache.hadoop.fs.Path remote = new org.apache.hadoop.fs.Path(model.toUri());
    Path target = folder.resolve("cache/one");
    Files.createDirectories(target.getParent());
    assertThat(files.fetched(remote, target, HADOOP)).isEqualTo(target);
    assertThat(target.resolve("model.safetensors")).hasContent("weights");
    Files.delete(model.resolve("model.safetensors"));
    assertThat(files.fetched(remote, target, HADOOP)).isEqualTo(target);
  }

  @Test
  void aPathThatDoesNotExistIsNamed() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> ModelFiles.of(missing.toString(), HADOOP))
        .isInstanceOf(IOException.class)
        .hasMessage("model.path %s does not exist".formatted(missing));
  }
}
