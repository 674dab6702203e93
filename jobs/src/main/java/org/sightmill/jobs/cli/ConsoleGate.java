package org.sightmill.jobs.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import org.sightmill.pipeline.calls.CallsStoppedException;
import org.sightmill.pipeline.calls.CostGate;
import org.sightmill.pipeline.calls.CostProjection;
import org.sightmill.pipeline.check.InvalidConfigException;

/** Shows a person what a step will cost and asks whether to go on. */
final class ConsoleGate implements CostGate {
  private final Console console;
  private final Consent consent;

  ConsoleGate(Console console, Consent consent) {
    this.console = console;
    this.consent = consent;
  }

  /** Whether a person has agreed already. */
  enum Consent {
    GIVEN,
    TO_ASK
  }

  @Override
  public void agree(CostProjection projection) {
    console.err().println(projection.sentence());
    if (consent == Consent.GIVEN) {
      return;
    }
    if (System.console() == null) {
      throw new InvalidConfigException(
          List.of(projection.sentence() + "; nobody can be asked here: give --yes to agree"));
    }
    console.err().print("Go on? [y/N] ");
    console.err().flush();
    if (!isYes(line())) {
      throw new CallsStoppedException(
          "step %s stopped: its cost was not agreed to. The sample's answers are kept"
              .formatted(projection.step().label()));
    }
  }

  private static boolean isYes(String line) {
    String answer = line == null ? "" : line.strip().toLowerCase(Locale.ROOT);
    return answer.equals("y") || answer.equals("yes");
  }

  private static String line() {
    try {
      // Not closed: standard input is the process's.
      return new BufferedReader(new InputStreamReader(System.in, Charset.defaultCharset()))
          .readLine();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the answer", e);
    }
  }
}
