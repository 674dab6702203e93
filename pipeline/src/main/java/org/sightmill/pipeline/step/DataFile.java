package org.sightmill.pipeline.step;

/** A file of a step's output, with a path relative to the step's folder. */
public record DataFile(String path, long bytes, long rows) {}
