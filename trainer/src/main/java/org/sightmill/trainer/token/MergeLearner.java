package org.sightmill.trainer.token;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Learns byte pair merges from text (Sennrich et al. 2016), for the vocabularies of tiny models.
 * The same text gives the same merges. Meant for some hundred merges over some thousand words.
 */
public final class MergeLearner {
  private final Map<String, Long> words = new LinkedHashMap<>();

  /** Two tokens, written in the byte alphabet, that become one. */
  public record Merge(String left, String right) {}

  /** Counts a text's words. */
  public void add(String text) {
    PreTokenizer cutter = new PreTokenizer(text);
    int start = 0;
    while (start < text.length()) {
      int end = cutter.wordEnd(start);
      words.merge(text.substring(start, end), 1L, Long::sum);
      start = end;
    }
  }

  /** The most frequent pairs, one after the other; fewer where no pair is left. */
  public List<Merge> merges(int count) {
    Map<List<String>, Long> split = splitWords();
    List<Merge> merges = new ArrayList<>();
    while (merges.size() < count) {
      Optional<Merge> best = best(split);
      if (best.isEmpty()) {
        return merges;
      }
      merges.add(best.get());
      split = merged(split, best.get());
    }
    return merges;
  }

  private Map<List<String>, Long> splitWords() {
    Map<List<String>, Long> split = new LinkedHashMap<>();
    words.forEach((word, times) -> split.merge(bytes(word), times, Long::sum));
    return split;
  }

  private static List<String> bytes(String word) {
    List<String> bytes = new ArrayList<>();
    for (byte value : word.getBytes(StandardCharsets.UTF_8)) {
      bytes.add(String.valueOf(ByteAlphabet.character(value & 0xFF)));
    }
    return bytes;
  }

  private static Optional<Merge> best(Map<List<String>, Long> split) {
    Map<Merge, Long> pairs = new HashMap<>();
    split.forEach(
        (tokens, times) -> {
          for (int i = 1; i < tokens.size(); i++) {
            pairs.merge(new Merge(tokens.get(i - 1), tokens.get(i)), times, Long::sum);
          }
        });
    return pairs.entrySet().stream()
        .max(
            Map.Entry.<Merge, Long>comparingByValue()
                .thenComparing(Map.Entry::getKey, Comparator.comparing(Merge::left))
                .thenComparing(Map.Entry::getKey, Comparator.comparing(Merge::right)))
        .map(Map.Entry::getKey);
  }

  private static Map<List<String>, Long> merged(Map<List<String>, Long> split, Merge merge) {
    Map<List<String>, Long> result = new LinkedHashMap<>();
    split.forEach((tokens, times) -> result.merge(merged(tokens, merge), times, Long::sum));
    return result;
  }

  private static List<String> merged(List<String> tokens, Merge merge) {
    List<String> result = new ArrayList<>();
    for (String token : tokens) {
      int last = result.size() - 1;
      if (last >= 0 && result.get(last).equals(merge.left()) && token.equals(merge.right())) {
        result.set(last, merge.left() + merge.right());
      } else {
        result.add(token);
      }
    }
    return result;
  }
}
