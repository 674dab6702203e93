package org.sightmill.trainer.token;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.trainer.token.ChatMessage.Picture;
import org.sightmill.trainer.token.ChatMessage.Role;
import org.sightmill.trainer.token.ChatMessage.Text;

/**
 * Qwen2.5-VL's chat template, written by hand:
 *
 * <pre>
 * &lt;|im_start|&gt;ROLE\nCONTENT&lt;|im_end|&gt;\n    for each message
 * &lt;|vision_start|&gt;&lt;|image_pad|&gt; ...&lt;|vision_end|&gt;    for each picture in it
 * &lt;|im_start|&gt;assistant\n    before a reply
 * </pre>
 *
 * Without a system message one with {@link #DEFAULT_SYSTEM_PROMPT} comes first. Control tokens are
 * placed as ids, so that no text can forge one. Otherwise the ids equal those of the rendered
 * template: text between two control tokens is encoded as a whole.
 */
public final class ChatTemplate {
  /** What the published template says where no system message is given. */
  public static final String DEFAULT_SYSTEM_PROMPT = "You are a helpful assistant.";

  private final Tokenizer tokenizer;
  private final VisionTokens vision;
  private final int turnStart;
  private final int turnEnd;

  /**
   * A template over this tokenizer.
   *
   * @throws IllegalArgumentException if it lacks one of the control tokens
   */
  public ChatTemplate(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
    this.vision = VisionTokens.of(tokenizer);
    int[] ids = tokenizer.requiredControlTokens(List.of("<|im_start|>", "<|im_end|>"));
    this.turnStart = ids[0];
    this.turnEnd = ids[1];
  }

  /** {@code <|im_end|>}: ends each turn, and so each reply. */
  public int turnEnd() {
    return turnEnd;
  }

  /** The vision ids. */
  public VisionTokens visionTokens() {
    return vision;
  }

  /**
   * The ids of a conversation up to and including the header of the assistant's reply.
   *
   * @param limitTokens a longer prompt is rejected, not cut
   * @throws IllegalArgumentException if there is no message, or a system message that is not first
   */
  public PromptResult prompt(List<ChatMessage> messages, int limitTokens) {
    Writer writer = conversation(messages);
    writer.beginTurn(Role.ASSISTANT);
    return writer.result(limitTokens);
  }

  /** The ids of a whole conversation, with no header after its last message. */
  public PromptResult transcript(List<ChatMessage> messages, int limitTokens) {
    return conversation(messages).result(limitTokens);
  }

  /**
   * The ids of a reply as the model is to generate it after {@link #prompt}: text and {@code
   * <|im_end|>}. It is encoded apart from the header's line break, as sampling does.
   */
  public int[] reply(String text) {
    IntList ids = new IntList();
    ids.addAll(tokenizer.encode(text));
    ids.add(turnEnd);
    return ids.toArray();
  }

  private Writer conversation(List<ChatMessage> messages) {
    Writer writer = new Writer();
    withSystem(messages).forEach(writer::write);
    return writer;
  }

  private static List<ChatMessage> withSystem(List<ChatMessage> messages) {
    if (messages.isEmpty()) {
      throw new IllegalArgumentException("a conversation has at least 1 message");
    }
    if (messages.stream().skip(1).anyMatch(message -> message.role() == Role.SYSTEM)) {
      throw new IllegalArgumentException("a system message must be the first");
    }
    List<ChatMessage> all = new ArrayList<>(messages);
    if (messages.get(0).role() != Role.SYSTEM) {
      all.add(0, ChatMessage.of(Role.SYSTEM, DEFAULT_SYSTEM_PROMPT));
    }
    return all;
  }

  /** Gathers text until a control token comes, and only then encodes it. */
  private final class Writer {
    private final IntList ids = new IntList();
    private final StringBuilder text = new StringBuilder();
    private int imageTokens;

    void write(ChatMessage message) {
      beginTurn(message.role());
      message.parts().forEach(this::write);
      control(turnEnd);
      text.append('\n');
    }

    void beginTurn(Role role) {
      control(turnStart);
      text.append(role.header()).append('\n');
    }

    private void write(ChatMessage.Part part) {
      if (part instanceof Picture picture) {
        write(picture);
      } else if (part instanceof Text words) {
        text.append(words.text());
      }
    }

    private void write(Picture picture) {
      control(vision.visionStart());
      ids.fill(vision.imagePad(), picture.tokens());
      imageTokens += picture.tokens();
      control(vision.visionEnd());
    }

    private void control(int id) {
      flush();
      ids.add(id);
    }

    private void flush() {
      ids.addAll(tokenizer.encode(text.toString()));
      text.setLength(0);
    }

    PromptResult result(int limitTokens) {
      flush();
      return ids.size() > limitTokens
          ? new PromptResult.TooLong(ids.size(), imageTokens, limitTokens)
          : new PromptResult.Fitting(ids.toArray(), imageTokens);
    }
  }
}
