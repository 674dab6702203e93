package org.sightmill.pipeline.prompt;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.check.InvalidConfigException;

/**
 * Loads prompts, each a folder with {@value #SYSTEM_FILE} and {@value #USER_FILE}: from a folder of
 * the user's where it has them, otherwise those that the jar brings. Lives on the driver.
 */
public final class Prompts {
  /** The part of a prompt that sets the role. */
  public static final String SYSTEM_FILE = "system.txt";

  /** The part of a prompt that brings the row. */
  public static final String USER_FILE = "user.txt";

  private static final String RESOURCE_FOLDER = "/sightmill/conf/prompts/";

  private final Path overrides;

  private Prompts(Path overrides) {
    this.overrides = overrides;
  }

  /** The prompts of the jar. */
  public static Prompts packaged() {
    return new Prompts(null);
  }

  /**
   * The prompts of the jar, except for the files that {@code folder} has as {@code <name>/<file>}.
   *
   * @throws InvalidConfigException when there is no such folder
   */
  public static Prompts overriddenBy(Path folder) {
    new Checks()
        .that(Files.isDirectory(folder), "prompts: folder %s does not exist".formatted(folder))
        .orThrow();
    return new Prompts(folder);
  }

  /**
   * A prompt.
   *
   * @param name the folder of the prompt, a role's label
   * @param offered the placeholders that will have a value
   * @param required those that the prompt must use, or it would ask about nothing
   * @throws InvalidConfigException naming file and placeholder
   */
  public Prompt load(String name, Set<String> offered, Set<String> required) {
    Source system = source(name, SYSTEM_FILE);
    Source user = source(name, USER_FILE);
    List<String> problems = new ArrayList<>();
    Set<String> used = new TreeSet<>();
    Template systemTemplate = parse(system, offered, used, problems);
    Template userTemplate = parse(user, offered, used, problems);
    for (String placeholder : new TreeSet<>(required)) {
      if (problems.isEmpty() && !used.contains(placeholder)) {
        problems.add("%s: placeholder {{%s}} is missing".formatted(user.place(), placeholder));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
    return new Prompt(systemTemplate, userTemplate, Sha256.ofAll(system.text(), user.text()));
  }

  private static Template parse(
      Source source, Set<String> offered, Set<String> used, List<String> problems) {
    try {
      Template template = Template.parse(source.text());
      for (String name : template.names()) {
        if (!offered.contains(name)) {
          problems.add(
              "%s: unknown placeholder {{%s}}, known are %s"
                  .formatted(source.place(), name, String.join(", ", new TreeSet<>(offered))));
        }
      }
      used.addAll(template.names());
      return template;
    } catch (TemplateSyntaxException e) {
      problems.add(source.place() + ": " + e.getMessage());
      return null;
    }
  }

  private Source source(String name, String file) {
    Path own = overrides == null ? null : overrides.resolve(name).resolve(file);
    return own != null && Files.exists(own) ? readFile(own) : readResource(name + "/" + file);
  }

  private static Source readFile(Path file) {
    try {
      return new Source(file.toString(), Files.readString(file));
    } catch (IOException e) {
      throw new InvalidConfigException(
          List.of("%s: cannot be read as UTF-8 text: %s".formatted(file, e)));
    }
  }

  private static Source readResource(String path) {
    try (InputStream in = Prompts.class.getResourceAsStream(RESOURCE_FOLDER + path)) {
      if (in == null) {
        throw new InvalidConfigException(
            List.of("conf/prompts/%s: no such prompt".formatted(path)));
      }
      return new Source(
          "conf/prompts/" + path, new String(in.readAllBytes(), StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read prompt " + path, e);
    }
  }

  /** A template's text and where it is from, for messages. Line ends do not count as a change. */
  private record Source(String place, String text) {
    Source {
      text = text.replace("\r\n", "\n").strip();
    }
  }
}
