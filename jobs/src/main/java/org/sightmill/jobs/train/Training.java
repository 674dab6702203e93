package org.sightmill.jobs.train;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.step.RunLayout;

/** A training, ready to be looked at and run: what {@code sft} and {@code grpo} have in common. */
public interface Training {
  /** What is wrong with its input and settings, all of it; empty when it can start. */
  List<String> problems();

  /** What it takes of memory, for a person. */
  String memory();

  /** Where its status, configuration and versions are kept. */
  RunLayout record();

  /** The folder of the trained model, on this machine; temporary where {@link #home} is not. */
  Path model();

  /** Where metrics, resume points and the trained model lie, a Hadoop URI. */
  String home();

  /** Trains, telling {@code screen} how it goes; returns the last metrics. */
  Map<String, Double> train(Start start, PrintWriter screen) throws IOException;
}
