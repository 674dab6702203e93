/**
 * Text to ids and back: Qwen's byte-level BPE from {@code tokenizer.json}, and its chat template.
 * Start at {@link org.sightmill.trainer.token.Tokenizer} and {@link
 * org.sightmill.trainer.token.ChatTemplate}.
 *
 * <p>Ids equal those of the Python library {@code tokenizers}. Text of a user never becomes a
 * control token: {@link org.sightmill.trainer.token.Tokenizer#encode} takes {@code <|im_end|>} for
 * ten characters, and only the chat template places control tokens. Plain JDK and Jackson.
 */
package org.sightmill.trainer.token;
