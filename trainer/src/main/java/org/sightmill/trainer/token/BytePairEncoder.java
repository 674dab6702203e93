package org.sightmill.trainer.token;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Byte pair encoding of one word: the merge of lowest rank first, the leftmost of equals. A heap
 * keeps it at n log n for a word of n bytes. Safe for use by several threads.
 */
final class BytePairEncoder {
  /** Words remembered, about 10 MB at most; when full the cache begins anew. */
  static final int CACHE_WORDS = 32_768;

  /** Longer words are seldom seen twice. */
  static final int CACHED_CHARACTERS = 48;

  private final int[] idOfByte;
  private final MergeTable merges;
  private final ConcurrentHashMap<String, int[]> cache = new ConcurrentHashMap<>();

  /**
   * @param idOfByte the id of each of the 256 bytes
   */
  BytePairEncoder(int[] idOfByte, MergeTable merges) {
    this.idOfByte = idOfByte;
    this.merges = merges;
  }

  /** The ids of a word; shared, so not to be written to. */
  int[] encode(String word) {
    if (word.length() > CACHED_CHARACTERS) {
      return merge(word);
    }
    int[] known = cache.get(word);
    if (known == null) {
      known = merge(word);
      remember(word, known);
    }
    return known;
  }

  int cachedWords() {
    return cache.size();
  }

  private void remember(String word, int[] ids) {
    if (cache.size() >= CACHE_WORDS) {
      cache.clear();
    }
    cache.put(word, ids);
  }

  private int[] merge(String word) {
    byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
    int[] ids = new int[bytes.length];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = idOfByte[bytes[i] & 0xff];
    }
    return ids.length == 1 ? ids : new Word(ids).merged();
  }

  /** The symbols of a word as a linked list in arrays; a merged symbol stays at its left place. */
  private final class Word {
    private static final int GONE = -1;

    private final int[] ids;
    private final int[] next;
    private final int[] previous;

    /** Rank in the upper half, place in the lower: the smallest is the next merge. */
    private final LongHeap candidates;

    Word(int[] ids) {
      this.ids = ids;
      this.next = new int[ids.length];
      this.previous = new int[ids.length];
      this.candidates = new LongHeap(ids.length);
      for (int i = 0; i < ids.length; i++) {
        next[i] = i + 1;
        previous[i] = i - 1;
      }
      for (int i = 0; i < ids.length; i++) {
        propose(i);
      }
    }

    int[] merged() {
      while (!candidates.isEmpty()) {
        long candidate = candidates.pop();
        mergeAt((int) candidate, (int) (candidate >>> 32));
      }
      return Arrays.stream(ids).filter(id -> id != GONE).toArray();
    }

    private void propose(int left) {
      int rank = rankAt(left);
      if (rank >= 0) {
        candidates.push((long) rank << 32 | left);
      }
    }

    private int rankAt(int left) {
      if (left < 0 || ids[left] == GONE || next[left] == ids.length) {
        return -1;
      }
      return merges.rank(ids[left], ids[next[left]]);
    }

    /** Merges unless an earlier merge has changed what stands there. */
    private void mergeAt(int left, int rank) {
      int rankNow = rankAt(left);
      if (rankNow < 0 || merges.merged(rankNow) != merges.merged(rank)) {
        return;
      }
      int right = next[left];
      ids[left] = merges.merged(rank);
      ids[right] = GONE;
      next[left] = next[right];
      if (next[left] < ids.length) {
        previous[next[left]] = left;
      }
      propose(previous[left]);
      propose(left);
    }
  }
}
