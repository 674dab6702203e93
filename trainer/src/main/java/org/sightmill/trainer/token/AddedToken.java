package org.sightmill.trainer.token;

/**
 * A token beside the BPE vocabulary.
 *
 * @param special control tokens, left out by {@link ControlTokens#SKIP}
 * @param normalized whether it is looked for in normalised text, else in the text as given
 */
record AddedToken(int id, String content, boolean special, boolean normalized) {}
