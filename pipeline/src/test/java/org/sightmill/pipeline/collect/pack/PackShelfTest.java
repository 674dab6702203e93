package org.sightmill.pipeline.collect.pack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.official.OfficialTree;

final class PackShelfTest {
  private static final int MOST_BYTES = 1 << 20;

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
    for (String pack : List.of("p.zip", "p.tar.gz", "p.tgz")) {
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
