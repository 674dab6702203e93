package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.sightmill.pipeline.sample.Box;

/**
 * Objects on a table or on paper, none hiding another.
 *
 * @param size of the picture
 * @param setting where the objects are
 * @param things the objects, in no order
 */
record Still(Size size, Setting setting, List<Thing> things) {

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
    return new Still(size, setting, others);
  }

  /** Whether size tells objects apart. */
  boolean sizesVary() {
    for (Thing thing : things) {
      if (thing.stature() != things.get(0).stature()) {
        return true;
      }
    }
    return false;
  }

  /** Whether the finish tells objects apart. */
  boolean finishesVary() {
    for (Thing thing : things) {
      if (thing.finish() != things.get(0).finish()) {
        return true;
      }
    }
    return false;
  }

  long count(Kind kind) {
    return things.stream().filter(kind::matches).count();
  }

  /** All that can be said of this object in this scene. */
  Kind kindOf(Thing thing) {
    return new Kind(
        thing.form(),
        thing.tint(),
        sizesVary() ? thing.stature() : null,
        finishesVary() ? thing.finish() : null);
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

  /** How many objects lie where, and each of them with its place, as a sentence. */
  String inventory() {
    int count = things.size();
    List<String> parts = new ArrayList<>(count);
    for (Thing thing : things) {
      parts.add(Words.withArticle(kindOf(thing).singular()) + " " + region(thing));
    }
    String objects = Words.number(count) + (count == 1 ? " object " : " objects ");
    return "The picture shows " + objects + setting.place() + ": " + Words.join(parts) + ".";
  }

  /** Like the inventory, with each object's extent in pixels. */
  String survey() {
    List<String> parts = new ArrayList<>(things.size());
    for (Thing thing : things) {
      parts.add(Words.withArticle(kindOf(thing).singular()) + " spanning " + extent(thing));
    }
    return "A picture of "
        + size.width()
        + " by "
        + size.height()
        + " pixels with objects "
        + setting.place()
        + ": "
        + Words.join(parts)
        + ".";
  }

  /** {@code x 12 to 60 and y 30 to 78}, in pixels. */
  static String extent(Thing thing) {
    Box box = thing.bounds();
    return "x "
        + whole(box.x1())
        + " to "
        + whole(box.x2())
        + " and y "
        + whole(box.y1())
        + " to "
        + whole(box.y2());
  }

  private static long whole(double pixels) {
    return Math.round(pixels);
  }

  String json() {
    return Json.object(
        Map.entry("setting", Json.text(setting.place())),
        Map.entry("objects", Json.array(things, Thing::json)));
  }
}
