package org.sightmill.trainer.token;

/**
 * Decodes a reply while it is generated: text comes as soon as its characters are whole, and all
 * pieces together equal the decoding of all ids. Not safe for use by several threads.
 */
public final class TokenStream {
  private final Tokenizer tokenizer;
  private final ControlTokens controlTokens;
  private final Utf8Assembler assembler = new Utf8Assembler();

  TokenStream(Tokenizer tokenizer, ControlTokens controlTokens) {
    this.tokenizer = tokenizer;
    this.controlTokens = controlTokens;
  }

  /** The text that this id completes, possibly empty. */
  public String accept(int id) {
    assembler.accept(tokenizer.bytes(id, controlTokens));
    return assembler.take();
  }

  /** What is left: U+FFFD if the last character is not whole, else empty. */
  public String end() {
    assembler.end();
    return assembler.take();
  }
}
