package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects on a table or on paper, none hiding another.
 *
 * @param size of the picture
 * @param setting where the objects are
 * @param sizesVary whether size tells objects apart
 * @param finishesVary whether the finish tells objects apart
 * @param things the objects, in no order
 */
record Still(
    Size size, Setting setting, boolean sizesVary, boolean finishesVary, List<Thing> things) {

  enum Setting {
    TABLE("on a table"),
    PAPER("on light paper"),
    NIGHT("on a dark board");

    private final String place;

    Setting(String place) {
      this.place = place;
    }

    String place() {
      return place;
    }
  }

  Still {
    things = List.copyOf(things);
  }

  Still with(List<Thing> others) {
    return new Still(size, setting, sizesVary, finishesVary, others);
  }

  long count(Kind kind) {
    return things.stream().filter(kind::matches).count();
  }

  /** All that can be said of this object in this scene. */
  Kind kindOf(Thing thing) {
    return new Kind(
        thing.form(),
        thing.tint(),
        sizesVary ? thing.stature() : null,
        finishesVary ? thing.finish() : null);
  }

  /** {@code 2 red cubes}, {@code 1 blue sphere}, in the order of first appearance. */
  List<String> groups(List<Thing> some) {
    Map<Kind, Integer> counts = new LinkedHashMap<>();
    for (Thing thing : some) {
      counts.merge(kindOf(thing), 1, Integer::sum);
    }
    List<String> groups = new ArrayList<>(counts.size());
    counts.forEach((kind, count) -> groups.add(kind.counted(count)));
    return groups;
  }

  /** Where in the picture an object is: {@code top left}, {@code centre}. */
  String region(Thing thing) {
    int column = Math.min(2, (int) (3 * thing.x() / size.width()));
    int row = Math.min(2, (int) (3 * thing.y() / size.height()));
    if (row == 1 && column == 1) {
      return "in the middle";
    }
    String vertical = List.of("top", "middle", "bottom").get(row);
    String horizontal = List.of("left", "middle", "right").get(column);
    if (row == 1) {
      return "at the " + horizontal;
    }
    return column == 1 ? "at the " + vertical : "at the " + vertical + " " + horizontal;
  }

  /** Every object with its place, as a sentence. */
  String inventory() {
    List<String> parts = new ArrayList<>(things.size());
    for (Thing thing : things) {
      parts.add(Words.withArticle(kindOf(thing).singular()) + " " + region(thing));
    }
    return "There " + (things.size() == 1 ? "is " : "are ") + Words.join(parts) + ".";
  }

  String json() {
    return Json.object(
        Map.entry("setting", Json.text(setting.place())),
        Map.entry("objects", Json.array(things, Thing::json)));
  }
}
