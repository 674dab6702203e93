package org.sightmill.trainer.model;

import java.util.Arrays;

/**
 * Which rows belong to which prompt.
 *
 * @param slots for each prompt its rows, padded by row 0 to the same number
 * @param places for each row its flat slot
 * @param width slots per prompt
 */
record RowGroups(long[] slots, long[] places, int width) {

  static RowGroups of(int[] owners, int[] prompts) {
    int[] filled = new int[prompts.length];
    int[] group = new int[owners.length];
    for (int row = 0; row < owners.length; row++) {
      group[row] = Arrays.binarySearch(prompts, owners[row]);
      filled[group[row]]++;
    }
    int width = Arrays.stream(filled).max().orElseThrow();
    long[] slots = new long[prompts.length * width];
    long[] places = new long[owners.length];
    int[] next = new int[prompts.length];
    for (int row = 0; row < owners.length; row++) {
      int slot = group[row] * width + next[group[row]]++;
      slots[slot] = row;
      places[row] = slot;
    }
    return new RowGroups(slots, places, width);
  }

  /** Whether rows stand prompt by prompt without gaps, so that nothing needs moving. */
  boolean inOrder() {
    if (slots.length != places.length) {
      return false;
    }
    for (int row = 0; row < places.length; row++) {
      if (places[row] != row) {
        return false;
      }
    }
    return true;
  }
}
