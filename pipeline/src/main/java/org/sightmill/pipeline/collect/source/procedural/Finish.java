package org.sightmill.pipeline.collect.source.procedural;

import java.util.Locale;

/** Surface of a solid (rubber is dull, metal shines), or filling of a flat shape. */
enum Finish {
  RUBBER,
  METAL,
  FILLED,
  OUTLINED;

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
