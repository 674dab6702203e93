package org.sightmill.trainer.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergeLearnerTest {
  @TempDir Path folder;

  @Test
  void mergesTheMostFrequentPairFirst() {
    MergeLearner learner = new MergeLearner();
    learner.add("low low lower");
    // "lo" and "ow" stand three times each: the greater pair in order wins the tie
    assertThat(learner.merges(2))
        .containsExactly(new MergeLearner.Merge("o", "w"), new MergeLearner.Merge("l", "ow"));
  }

  @Test
  void stopsWhereNoPairIsLeft() {
    MergeLearner learner = new MergeLearner();
    learner.add("ab");
    assertThat(learner.merges(10)).hasSize(1);
  }

  @Test
  void theWrittenTokenizerShortensItsTextAndReadsItBack() throws IOException {
    MergeLearner learner = new MergeLearner();
    String text = "How many cubes are there? <think>I look.</think>";
    learner.add(text);
    List<MergeLearner.Merge> merges = learner.merges(60);
    ByteTokenizer.write(folder.resolve("tokenizer.json"), merges);
    Tokenizer tokenizer = Tokenizer.load(folder.resolve("tokenizer.json"));
    int[] ids = tokenizer.encode(text);
    assertThat(ids.length).isLessThan(text.length() / 2);
    assertThat(tokenizer.decode(ids, ControlTokens.SKIP)).isEqualTo(text);
    assertThat(tokenizer.size()).isEqualTo(ByteTokenizer.SIZE + merges.size());
    assertThat(new ChatTemplate(tokenizer).turnEnd()).isEqualTo(256 + merges.size() + 2);
  }
}
