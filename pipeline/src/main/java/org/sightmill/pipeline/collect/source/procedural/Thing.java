package org.sightmill.pipeline.collect.source.procedural;

import java.util.Map;
import org.sightmill.pipeline.sample.Box;

/**
 * An object in a scene.
 *
 * @param x of the centre, in pixels
 * @param y of the centre, in pixels
 * @param radius in pixels
 */
record Thing(
    Form form, Tint tint, Stature stature, Finish finish, double x, double y, double radius) {

  Box bounds() {
    return form.bounds(x, y, radius);
  }

  Kind kind() {
    return new Kind(form, tint, stature, finish);
  }

  Thing with(Tint other) {
    return new Thing(form, other, stature, finish, x, y, radius);
  }

  String json() {
    Box box = bounds();
    return Json.object(
        Map.entry("shape", Json.text(form.noun())),
        Map.entry("color", Json.text(tint.word())),
        Map.entry("size", Json.text(stature.word())),
        Map.entry("finish", Json.text(finish.word())),
        Map.entry("box", Decimals.box(box)));
  }
}
