package org.sightmill.jobs.cli;

import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Adds subcommands: whole where the arguments name them, else name and description, for the list of
 * commands and for suggestions.
 *
 * @param line to add to
 * @param arguments of the process
 */
record Commands(CommandLine line, List<String> arguments) {

  /** Adds a command whose class has its description. */
  void add(String name, Class<?> type, Supplier<Object> command) {
    if (arguments.contains(name)) {
      line.addSubcommand(name, command.get());
    } else {
      addName(name, type.getAnnotation(Command.class).description());
    }
  }

  /** Adds a command that is one of several of a class. */
  void add(String name, String description, Supplier<Object> command) {
    if (arguments.contains(name)) {
      CommandLine whole = new CommandLine(command.get());
      whole.getCommandSpec().usageMessage().description(description);
      line.addSubcommand(name, whole);
    } else {
      addName(name, description);
    }
  }

  private void addName(String name, String... description) {
    CommandSpec spec = CommandSpec.create();
    spec.usageMessage().description(description);
    line.addSubcommand(name, spec);
  }
}
