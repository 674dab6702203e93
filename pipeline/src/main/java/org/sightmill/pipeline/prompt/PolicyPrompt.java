package org.sightmill.pipeline.prompt;

import java.io.Serializable;
import java.util.List;
import java.util.Set;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * How the model that is trained is asked: the system text that wants think and answer tags, and the
 * question with its options and the instruction of its answer type (paper, section 3). The same in
 * training, in evaluation and in what is exported for other trainers.
 */
public final class PolicyPrompt implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String NAME = "policy";

  private final Prompt prompt;

  private PolicyPrompt(Prompt prompt) {
    this.prompt = prompt;
  }

  /**
   * Loads the prompt {@code policy}.
   *
   * @throws InvalidConfigException naming file and placeholder
   */
  public static PolicyPrompt load(Prompts prompts) {
    return new PolicyPrompt(prompts.load(NAME, QuestionValues.NAMES, Set.of("question")));
  }

  /** The one that the jar brings. */
  public static PolicyPrompt packaged() {
    return load(Prompts.packaged());
  }

  /** The system text. */
  public String system() {
    return prompt.system(name -> null);
  }

  /**
   * The user's text, without the picture.
   *
   * @param options null for none
   * @param answerType null when it is not known: then without an instruction
   */
  public String user(String question, List<String> options, AnswerType answerType) {
    return prompt.user(new QuestionValues(question, options, answerType));
  }

  /** The version of the prompt: SHA-256 over its files, in hexadecimal. */
  public String sha256() {
    return prompt.sha256();
  }
}
