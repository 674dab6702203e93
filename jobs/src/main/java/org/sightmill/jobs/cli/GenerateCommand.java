package org.sightmill.jobs.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.trainer.generate.Completion;
import org.sightmill.trainer.generate.Generator;
import org.sightmill.trainer.generate.LocalModel;
import org.sightmill.trainer.generate.Prepared;
import org.sightmill.trainer.generate.SamplingSettings;
import org.sightmill.trainer.generate.StopCondition;
import org.sightmill.trainer.generate.StopStrings;
import org.sightmill.trainer.model.MemoryPlan;
import org.sightmill.trainer.model.PassMode;
import org.sightmill.trainer.model.Prompt;
import org.sightmill.trainer.token.ChatTemplate;
import org.sightmill.trainer.token.ControlTokens;
import org.sightmill.trainer.token.Tokenizer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A model's answer to a question about pictures. Starts no Spark. */
@Command(
    mixinStandardHelpOptions = true,
    description = {
      "A model's answer to a question, with pictures or without.",
      "The answer goes to standard output, every setting in force to standard error."
    })
final class GenerateCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelOptions model;
  @Mixin private SamplingOptions sampling;

  @Option(names = "--image", paramLabel = "F", description = "a picture; may be repeated")
  private List<Path> images = new ArrayList<>();

  @Option(names = "--question", paramLabel = "Q", required = true, description = "the question")
  private String question;

  @Option(
      names = "--system",
      paramLabel = "TEXT",
      description = "instructions in place of the chat template's own")
  private String system;

  @Option(
      names = "--max-prompt-tokens",
      paramLabel = "N",
      description = "longer prompts are refused (${DEFAULT-VALUE})")
  private int maxPromptTokens = 8192;

  @Option(names = "--json", description = "a JSON line per answer, with ids and log-probabilities")
  private boolean asJson;

  GenerateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    sampling.check();
    MemoryPlan.Load load =
        new MemoryPlan.Load(
            sampling.samples(), maxPromptTokens + sampling.maxTokens(), PassMode.FORWARD_ONLY);
    long start = System.nanoTime();
    try (LocalModel local = model.open(load)) {
      console.err().printf("loaded in %.1f s%n", (System.nanoTime() - start) / 1e9);
      local.notes().forEach(console.err()::println);
      Prompt prompt = prompt(local);
      SamplingSettings settings = settings(local);
      console.err().println(model.echo(local) + " " + sampling.echo(settings));
      answer(local, settings, prompt);
    }
    return ExitCode.DONE.code();
  }

  private Prompt prompt(LocalModel local) {
    Prepared prepared =
        local
            .prompts(model.images(local), maxPromptTokens)
            .chat(Optional.ofNullable(system), images, question);
    if (prepared instanceof Prepared.Refused refused) {
      throw new InvalidConfigException(
          List.of("%s: %s".formatted(refused.code(), refused.detail())));
    }
    return ((Prepared.Ready) prepared).prompt();
  }

  private SamplingSettings settings(LocalModel local) {
    ChatTemplate template = local.template().orElseThrow();
    Set<Integer> stop = new TreeSet<>(Set.of(template.turnEnd()));
    local.tokenizer().orElseThrow().controlToken("<|endoftext|>").ifPresent(stop::add);
    Set<Integer> banned = new TreeSet<>();
    Arrays.stream(template.visionTokens().neverSampled()).forEach(banned::add);
    return sampling.settings(stop, banned);
  }

  private void answer(LocalModel local, SamplingSettings settings, Prompt prompt) {
    Tokenizer tokenizer = local.tokenizer().orElseThrow();
    long start = System.nanoTime();
    List<Completion> completions;
    try (Generator generator = new Generator(local.scope(), local.policy(), settings, tokenizer)) {
      completions =
          generator
              .generate(List.of(prompt), List.of(sampling.seeds()), StopCondition.NEVER)
              .get(0);
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    completions.forEach(completion -> print(tokenizer, completion));
    int tokens = completions.stream().mapToInt(c -> c.tokens().length).sum();
    console
        .err()
        .printf("%d prompt tokens, %d new tokens in %.2f s%n", prompt.length(), tokens, seconds);
  }

  private void print(Tokenizer tokenizer, Completion completion) {
    String text =
        new StopStrings(tokenizer, sampling.stop())
            .cut(tokenizer.decode(completion.tokens(), ControlTokens.SKIP));
    if (!asJson) {
      console.out().println(text);
      return;
    }
    ObjectNode line = new ObjectMapper().createObjectNode().put("text", text);
    Arrays.stream(completion.tokens()).forEach(line.putArray("token_ids")::add);
    for (float logProb : completion.logProbs()) {
      line.withArray("logprobs").add(logProb);
    }
    console.out().println(line.put("stopped_by", completion.reason().name()));
  }
}
