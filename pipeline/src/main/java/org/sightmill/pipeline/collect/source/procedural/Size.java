package org.sightmill.pipeline.collect.source.procedural;

/** A picture's size in pixels. */
record Size(int width, int height) {
  int shorter() {
    return Math.min(width, height);
  }
}
