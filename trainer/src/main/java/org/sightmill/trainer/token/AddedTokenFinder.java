package org.sightmill.trainer.token;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;

/** Finds added tokens in text: the leftmost, of those that begin there the longest. */
final class AddedTokenFinder {
  private final Map<Character, List<AddedToken>> byFirst = new HashMap<>();

  AddedTokenFinder(List<AddedToken> tokens) {
    byFirst.putAll(
        tokens.stream()
            .sorted(Comparator.comparingInt((AddedToken t) -> t.content().length()).reversed())
            .collect(Collectors.groupingBy(t -> t.content().charAt(0))));
  }

  /** Hands on the text between tokens, never empty, and the tokens' ids, in order. */
  void split(String text, Consumer<String> between, IntConsumer token) {
    int begin = 0;
    for (int at = 0; at < text.length(); ) {
      AddedToken found = startingAt(text, at);
      if (found == null) {
        at++;
      } else {
        pass(text, begin, at, between);
        token.accept(found.id());
        at += found.content().length();
        begin = at;
      }
    }
    pass(text, begin, text.length(), between);
  }

  private static void pass(String text, int begin, int end, Consumer<String> between) {
    if (begin < end) {
      between.accept(text.substring(begin, end));
    }
  }

  private AddedToken startingAt(String text, int at) {
    List<AddedToken> candidates = byFirst.getOrDefault(text.charAt(at), List.of());
    for (AddedToken candidate : candidates) {
      if (text.startsWith(candidate.content(), at)) {
        return candidate;
      }
    }
    return null;
  }
}
