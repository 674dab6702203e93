package org.sightmill.jobs.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.sightmill.jobs.config.ConfigLoader;
import org.sightmill.jobs.config.ConfigRequest;
import org.sightmill.jobs.config.LoadedRecord;
import org.sightmill.jobs.config.ProceduralSection;
import org.sightmill.jobs.eval.ArmSpec;
import org.sightmill.jobs.eval.BenchmarkFile;
import org.sightmill.jobs.eval.ProceduralBenchmark;
import org.sightmill.jobs.eval.ShuffledPictures;
import org.sightmill.jobs.eval.TeacherJudge;
import org.sightmill.jobs.spark.HadoopProbe;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.Teachers;
import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.Preset;
import picocli.CommandLine.Option;

/** What {@code evaluate} and {@code compare} take in common. */
final class EvaluationOptions {
  private static final Pattern GENERATED = Pattern.compile("([^=:]+):procedural=(.+)");

  @Option(
      names = "--benchmark",
      paramLabel = "NAME=TSV",
      description = {
        "MathVista, MathVision, MathVerse, DynaMath, WeMath or LogicVista with its official file,",
        "or NAME:generic=FILE for rows of your own, or NAME:procedural=YAML for questions generated as",
        "it says (rows, seed, families, ...); may be repeated"
      })
  private List<String> benchmarks = new ArrayList<>();

  @Option(
      names = "--shuffle-images",
      description = "a control: each question gets another's picture, half a file further on")
  private boolean shuffleImages;

  @Option(
      names = "--preset",
      paramLabel = "NAME",
      description = "decoding as in the paper (800 new tokens) or as in vlmevalkit (2048) (paper)")
  private String preset = Preset.PAPER.label();

  @Option(
      names = "--new-tokens",
      paramLabel = "N",
      description = "another limit than the preset's, for tests")
  private Integer newTokens;

  @Option(
      names = "--temperature",
      paramLabel = "T",
      description = "0 takes the likeliest token (0)")
  private double temperature;

  @Option(names = "--seed", paramLabel = "N", description = "of sampling (0)")
  private long seed;

  @Option(names = "--batch", paramLabel = "N", description = "items generated together (8)")
  private int batch = Decoding.of(Preset.PAPER).batch();

  @Option(
      names = "--system-prompt",
      paramLabel = "TEXT",
      description = "what the model was trained under (conf/prompts/policy/system.txt)")
  private String systemPrompt;

  @Option(
      names = "--judge",
      paramLabel = "PROVIDER",
      description = "who decides what a benchmark's rule can't, a teacher's provider; none: nobody")
  private String judge;

  @Option(names = "--judge-model", paramLabel = "NAME", description = "the judge's model")
  private String judgeModel;

  @Option(
      names = "--judge-endpoint",
      paramLabel = "URL",
      description = "where the judge is served, for --judge openai; may be repeated")
  private List<String> judgeEndpoints = new ArrayList<>();

  @Option(
      names = "--judge-key-env",
      paramLabel = "VARIABLE",
      description = "environment variable that holds the judge's key")
  private String judgeKey;

  @Option(
      names = "--key-env",
      paramLabel = "VARIABLE",
      description = "environment variable, of executors too, that holds the endpoints' key")
  private String key;

  @Option(
      names = "--judge-option",
      paramLabel = "KEY=VALUE",
      description = "an option of the judge's provider; may be repeated")
  private Map<String, String> judgeOptions = new TreeMap<>();

  @Option(
      names = "--output",
      paramLabel = "FOLDER",
      description = "where results go, any Hadoop URI (./sightmill-out/evaluate)")
  private String output = "sightmill-out/evaluate";

  /** The benchmarks, with everything that is wrong with them. */
  List<BenchmarkFile> benchmarks(List<String> problems) {
    if (benchmarks.isEmpty()) {
      problems.add("--benchmark NAME=TSV is required");
    }
    List<BenchmarkFile> files = new ArrayList<>();
    for (String text : benchmarks) {
      benchmark(text, problems).ifPresent(files::add);
    }
    Configuration hadoop = HadoopSettings.fromProperties();
    files.forEach(file -> problems.addAll(file.problems(hadoop)));
    if (!shuffleImages || !problems.isEmpty()) {
      return files;
    }
    return files.stream().map(file -> ShuffledPictures.of(file, items(), hadoop)).toList();
  }

  private Optional<BenchmarkFile> benchmark(String text, List<String> problems) {
    Matcher generated = GENERATED.matcher(text);
    if (!generated.matches()) {
      return BenchmarkFile.parse(text, problems);
    }
    LoadedRecord<ProceduralSection> section =
        new ConfigLoader(new HadoopProbe())
            .load(
                ProceduralSection.class,
                new ConfigRequest(generated.group(2), List.of(), new TreeMap<>()));
    section.problems().forEach(problem -> problems.add("--benchmark " + text + ": " + problem));
    if (!section.problems().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        ProceduralBenchmark.write(
            generated.group(1),
            section.config().generator(),
            items(),
            HadoopSettings.fromProperties()));
  }

  /** Where files of questions lie that were made for this evaluation. */
  private String items() {
    return output + "/_items";
  }

  /** How answers are generated. */
  Decoding decoding(List<String> problems) {
    Optional<Preset> known = Preset.fromLabel(preset);
    if (known.isEmpty()) {
      problems.add("--preset must be paper or vlmevalkit but was '%s'".formatted(preset));
      return Decoding.of(Preset.PAPER);
    }
    int tokens = newTokens == null ? known.get().newTokens() : newTokens;
    try {
      return new Decoding(known.get(), tokens, temperature, seed, batch, Decoding.PROMPT_LIMIT);
    } catch (IllegalArgumentException e) {
      problems.add("--new-tokens, --temperature, --batch: " + e.getMessage());
      return Decoding.of(known.get());
    }
  }

  /** The system prompt of training; empty for the packaged one. */
  Optional<String> trainedUnder() {
    return Optional.ofNullable(systemPrompt);
  }

  /** The environment variable with the endpoints' key; empty for none. */
  Optional<String> key() {
    return Optional.ofNullable(key);
  }

  /** The judge's configuration; empty when nobody was named, or something is wrong. */
  Optional<TeacherConfig> judge(List<String> problems) {
    if (judge == null) {
      return Optional.empty();
    }
    List<EndpointConfig> at = new ArrayList<>();
    for (String url : judgeEndpoints) {
      ArmSpec.endpoint(url, Optional.ofNullable(judgeKey), problems).ifPresent(at::add);
    }
    try {
      TeacherConfig config =
          TeacherJudge.served(judge, judgeModel, new TreeMap<>(judgeOptions), at);
      Teachers.named(judge)
          .problems(Role.JUDGE, config)
          .forEach(problem -> problems.add("--judge: " + problem));
      return Optional.of(config);
    } catch (InvalidConfigException e) {
      e.problems().forEach(problem -> problems.add("--judge: " + problem));
      return Optional.empty();
    }
  }

  /** Where results go. */
  String output() {
    return output;
  }
}
