package org.sightmill.pipeline.export;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.sightmill.pipeline.check.Checks;

/** The layouts there are. What a row looks like in each is {@link RowForms}. */
public enum ExportFormat {
  /** Every column of the data contract, for {@code datasets} and the hub's viewer. */
  HUGGINGFACE(Subset.SFT, Subset.RL, Subset.AHA),

  /** TRL: conversational prompt and completion for SFT, prompt and reward columns for GRPO. */
  TRL(Subset.SFT, Subset.RL, Subset.AHA),

  /** EasyR1's {@code prompt_key: problem}, {@code answer_key}, {@code image_key}. */
  EASYR1(Subset.RL),

  /** verl: {@code messages} for SFT; its RL columns with a rule reward. */
  VERL(Subset.SFT, Subset.RL, Subset.AHA),

  /** ms-swift: messages and pictures; {@code solution} for GRPO's rewards. */
  MS_SWIFT(Subset.SFT, Subset.RL, Subset.AHA),

  /** LLaMA-Factory's sharegpt form with {@code dataset_info.json}. */
  LLAMA_FACTORY(Subset.SFT, Subset.AHA),

  /** The JSON files and picture folder of the VLAA-Thinking release. */
  VLAA(Subset.SFT, Subset.RL, Subset.AHA);

  private final List<Subset> subsets;

  ExportFormat(Subset... subsets) {
    this.subsets = List.of(subsets);
  }

  /** As it is written on the command line: lower case, with hyphens. */
  public String label() {
    return Checks.label(this).replace('_', '-');
  }

  /** The format with this label, ignoring case. */
  public static Optional<ExportFormat> fromLabel(String label) {
    String wanted = label.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    return Stream.of(values()).filter(format -> format.label().equals(wanted)).findFirst();
  }

  /** Whether the consumer has a use for this subset. */
  public boolean takes(Subset subset) {
    return subsets.contains(subset);
  }

  /** The subsets it takes, in order. */
  public List<Subset> subsets() {
    return subsets;
  }
}
