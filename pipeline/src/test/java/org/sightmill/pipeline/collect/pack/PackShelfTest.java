package org.sightmill.pipeline.collect.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.official.OfficialTree;

final class PackShelfTest {
  private static final int MOST_BYTES = 1 << 20;
  private static final List<String> NAMES =
      IntStream.range(0, 12).mapToObj(i -> "a/%d.png".formatted(i)).toList();

  @TempDir Path folder;
  private final Configuration hadoop = new Configuration();

  private ShelvedPictures laidOut(String pack) throws IOException {
    PackShelf shelf =
        new PackShelf(new org.apache.hadoop.fs.Path(folder.resolve("shelf-" + pack).toString()));
    shelf.fill(new org.apache.hadoop.fs.Path(folder.resolve(pack).toString()), MOST_BYTES, hadoop);
    assertThat(shelf.exists(hadoop)).isTrue();
    return new ShelvedPictures(List.of(shelf.folder().toString()));
  }

  @Test
  void findsPicturesByNameAndByFileNameWhereOneAloneHasIt() throws IOException {
    List<String> names = List.of("a/1.jpg", "a/2.png", "b/2.png", "b/notes.txt", "b/._1.jpg");
    for (String pack : List.of("p.zip", "p.tar", "p.tar.gz", "p.tgz")) {
      OfficialTree.pack(folder.resolve(pack), names);
      ShelvedPictures pictures = laidOut(pack);
      byte[] first = OfficialTree.picture("a/1.jpg", "a/1.jpg".hashCode());
      assertThat(pictures.find("a/1.jpg", hadoop)).as(pack).hasValue(first);
      assertThat(pictures.find("1.jpg", hadoop)).as(pack).hasValue(first);
      assertThat(pictures.find("b/2.png", hadoop)).as(pack).isPresent();
      assertThat(pictures.find("2.png", hadoop)).as("two folders have it").isEmpty();
      assertThat(pictures.find("b/notes.txt", hadoop)).as("no picture").isEmpty();
      assertThat(pictures.problem(hadoop)).isEmpty();
    }
  }

  @Test
  void aRunThatLaysOutWhatAnotherReadsLeavesItsPicturesAlone() throws IOException {
    OfficialTree.pack(folder.resolve("p.tar"), NAMES);
    ShelvedPictures reading = laidOut("p.tar");
    assertThat(reading.find(NAMES.get(0), hadoop)).isPresent();
    List<Path> files = filesOf("p.tar");

    // As a run does that looked before the other one was done, with a pack of other bytes.
    OfficialTree.pack(folder.resolve("p.tar"), NAMES.subList(3, 9));
    laidOut("p.tar");

    assertThat(filesOf("p.tar")).isEqualTo(files);
    assertAllThere(reading);
  }

  @Test
  void runsThatLayOutTheSamePackAtOnceEndWithOneWholeShelf() throws Exception {
    OfficialTree.pack(folder.resolve("p.zip"), NAMES);
    int runs = 6;
    ExecutorService threads = Executors.newFixedThreadPool(runs);
    CyclicBarrier start = new CyclicBarrier(runs);
    try {
      List<Future<ShelvedPictures>> laidOut = new ArrayList<>();
      for (int i = 0; i < runs; i++) {
        laidOut.add(
            threads.submit(
                () -> {
                  start.await(30, TimeUnit.SECONDS);
                  return laidOut("p.zip");
                }));
      }
      for (Future<ShelvedPictures> run : laidOut) {
        assertAllThere(run.get(60, TimeUnit.SECONDS));
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(filesOf("p.zip")).as("no unfinished places").noneMatch(PackShelfTest::isUnfinished);
  }

  @Test
  void aPackThatCannotBeReadLeavesNothing() throws IOException {
    assertThatThrownBy(() -> laidOut("absent.zip"))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("absent.zip");
    assertThat(filesOf("absent.zip")).isEmpty();
  }

  private void assertAllThere(ShelvedPictures pictures) throws IOException {
    for (String name : NAMES) {
      assertThat(pictures.find(name, hadoop))
          .as(name)
          .hasValue(OfficialTree.picture(name, name.hashCode()));
    }
  }

  private static boolean isUnfinished(Path file) {
    return file.getFileName().toString().matches("\\.+places-.*");
  }

  /** Without the checksums that Hadoop writes beside files. */
  private List<Path> filesOf(String pack) throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("shelf-" + pack))) {
      return files.filter(file -> !file.toString().endsWith(".crc")).sorted().toList();
    }
  }

  @Test
  void aPackThatIsCutOffGivesWhatStandsBeforeAndSaysSo() throws IOException {
    Path whole = folder.resolve("whole.tar.gz");
    OfficialTree.pack(whole, List.of("a/1.png", "a/2.png", "a/3.png", "a/4.png"));
    byte[] bytes = Files.readAllBytes(whole);
    Files.write(folder.resolve("cut.tar.gz"), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    ShelvedPictures pictures = laidOut("cut.tar.gz");
    assertThat(pictures.find("a/1.png", hadoop)).isPresent();
    assertThat(pictures.find("a/4.png", hadoop)).isEmpty();
    assertThat(pictures.problem(hadoop)).startsWith("ends early: ");
  }
}
