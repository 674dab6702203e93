package org.sightmill.jobs.cli;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sightmill.jobs.provenance.BuildInfo;
import org.sightmill.jobs.spark.CommonPool;
import org.sightmill.pipeline.export.ExportFormat;
import org.sightmill.pipeline.export.Subset;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.step.StepName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The one main: a subcommand for each thing there is to do. */
@Command(
    name = "sightmill",
    mixinStandardHelpOptions = true,
    versionProvider = Sightmill.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description =
        "Mills visual question answering data into verified reasoning data, on Apache Spark.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed",
      "2:usage or configuration",
      "3:quality gate: too many faulty rows in a step",
      "4:stopped: by a signal, a cap or a cost not agreed to; the same command goes on from there"
    },
    footer = {"", "Start with 'sightmill quickstart'; 'sightmill COMMAND --help' tells more."})
public final class Sightmill implements Runnable {
  private final PrintWriter out;

  private Sightmill(PrintWriter out) {
    this.out = out;
  }

  /** Runs one command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    Optional<String> problem = JavaVersions.problem(Runtime.version().feature());
    if (problem.isPresent()) {
      System.err.println(problem.get());
      System.exit(ExitCode.INVALID.code());
    }
    CommonPool.ofThisJvm();
    int code = run(writer(System.out), writer(System.err), arguments);
    if (code != ExitCode.DONE.code() || !isOnYarn()) {
      System.exit(code);
    }
  }

  /** Where YARN runs the driver it takes every exit, that of a success too, for a failure. */
  private static boolean isOnYarn() {
    return "yarn".equals(System.getProperty("spark.master"))
        && "cluster".equals(System.getProperty("spark.submit.deployMode"));
  }

  private static PrintWriter writer(PrintStream stream) {
    return new PrintWriter(stream, true, StandardCharsets.UTF_8);
  }

  /** Runs one command in this JVM. */
  static int run(PrintWriter out, PrintWriter err, String... arguments) {
    return commandLine(out, err, List.of(arguments)).execute(arguments);
  }

  /**
   * The command line as far as {@code arguments} need it: of commands that they don't name only
   * name and description are there. To read the options of all is most of a short start.
   */
  private static CommandLine commandLine(PrintWriter out, PrintWriter err, List<String> arguments) {
    CommandLine line = new CommandLine(new Sightmill(out));
    Console console = new Console(out, err);
    Commands commands = new Commands(line, arguments);
    commands.add("quickstart", QuickstartCommand.class, () -> new QuickstartCommand(console));
    commands.add("setup", SetupCommand.class, () -> new SetupCommand(console));
    commands.add("collect", CollectCommand.class, () -> new CollectCommand(console));
    for (StepName step : StepName.values()) {
      if (step != StepName.COLLECT) {
        commands.add(
            step.label(), StepCommand.DESCRIPTIONS.get(step), () -> new StepCommand(step, console));
      }
    }
    commands.add("build", BuildCommand.class, () -> new BuildCommand(console));
    commands.add("inspect", InspectCommand.class, () -> new InspectCommand(console));
    commands.add("export", ExportCommand.class, () -> new ExportCommand(console));
    commands.add("score", ScoreCommand.class, () -> new ScoreCommand(console));
    commands.add("generate", GenerateCommand.class, () -> new GenerateCommand(console));
    commands.add("sft", SftCommand.class, () -> new SftCommand(console));
    commands.add("grpo", GrpoCommand.class, () -> new GrpoCommand(console));
    commands.add("responses", ResponsesCommand.class, () -> new ResponsesCommand(console));
    commands.add("grade", GradeCommand.class, () -> new GradeCommand(console));
    commands.add("evaluate", EvaluateCommand.class, () -> new EvaluateCommand(console));
    commands.add("compare", CompareCommand.class, () -> new CompareCommand(console));
    commands.add("report", ReportCommand.class, () -> new ReportCommand(console));
    commands.add("values", ValuesCommand.class, () -> new ValuesCommand(console));
    commands.add("bench", BenchCommand.class, () -> new BenchCommand(console));
    commands.add("doctor", DoctorCommand.class, () -> new DoctorCommand(console));
    line.setOut(out);
    line.setErr(err);
    line.setParameterExceptionHandler(Sightmill::usageProblem);
    line.setExecutionExceptionHandler((e, command, parsed) -> console.failure(e).code());
    line.registerConverter(StepName.class, Sightmill::step);
    line.registerConverter(ExportFormat.class, ExportCommand::format);
    line.registerConverter(Subset.class, ExportCommand::subset);
    line.registerConverter(RejectReason.class, Sightmill::reason);
    return line;
  }

  private static StepName step(String label) {
    return StepName.fromLabel(label.toLowerCase(Locale.ROOT))
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'%s' is no step; there are %s"
                        .formatted(
                            label,
                            Stream.of(StepName.values())
                                .map(StepName::label)
                                .collect(Collectors.joining(", ")))));
  }

  private static RejectReason reason(String code) {
    List<String> codes = Stream.of(RejectReason.values()).map(RejectReason::code).toList();
    if (!codes.contains(code)) {
      throw new TypeConversionException(
          "'%s' is no reason that rows are rejected for; 'sightmill inspect' lists them"
              .formatted(code));
    }
    return RejectReason.valueOf(code);
  }

  private static int usageProblem(ParameterException e, String[] arguments) {
    PrintWriter err = e.getCommandLine().getErr();
    err.println(e.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(e, err)) {
      err.printf(
          "'%s --help' shows what it takes.%n",
          e.getCommandLine().getCommandSpec().qualifiedName());
    }
    return ExitCode.INVALID.code();
  }

  /** No command: the help. */
  @Override
  public void run() {
    out.println(new CommandLine(this).getUsageMessage());
  }

  /** The version that is baked into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      BuildInfo build = BuildInfo.read();
      return new String[] {
        "sightmill %s (commit %s, for Spark %s)"
            .formatted(build.version(), build.commit(), build.spark())
      };
    }
  }
}
