package org.sightmill.trainer.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Tokens of prompts whose log-probability is wanted. A row's first token is predicted by the
 * padding before it, as the reference's shifted labels have it, and is left out where there is
 * none; leave it unchosen for results that do not depend on padding.
 *
 * @param sources flat index of the hidden state before each
 * @param targets their ids
 */
record ChosenTokens(long[] sources, long[] targets) {

  static ChosenTokens of(PromptBatch batch, List<boolean[]> chosen) {
    List<Long> sources = new ArrayList<>();
    List<Long> targets = new ArrayList<>();
    for (int row = 0; row < batch.rows(); row++) {
      int[] tokens = batch.prompts().get(row).tokens();
      if (chosen.get(row).length != tokens.length) {
        throw new IllegalArgumentException(
            "row %d has %d tokens but %d choices"
                .formatted(row, tokens.length, chosen.get(row).length));
      }
      for (int i = 0; i < tokens.length; i++) {
        if (chosen.get(row)[i] && batch.starts()[row] + i > 0) {
          sources.add((long) batch.cell(row, i - 1));
          targets.add((long) tokens[i]);
        }
      }
    }
    if (sources.isEmpty()) {
      throw new IllegalArgumentException("no token is chosen to be scored");
    }
    return new ChosenTokens(array(sources), array(targets));
  }

  int count() {
    return targets.length;
  }

  private static long[] array(List<Long> values) {
    return values.stream().mapToLong(Long::longValue).toArray();
  }
}
