package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;

/**
 * Something in a landscape.
 *
 * @param count how many of it stand or fly together
 * @param tint its main colour; of no meaning for sorts without a choice of colour
 */
record Element(Sort sort, int count, Tint tint) {

  /** What it is; at most {@code most} of it together, in any or in its own colour. */
  enum Sort {
    HOUSE("house with %s roof", "", 1),
    PINES("pine tree", "pine trees", 3),
    TREES("leafy tree", "leafy trees", 2),
    TENT("%s tent", "", 1),
    CAR("%s car", "", 1),
    POND("small pond", "", 1),
    FENCE("wooden fence", "", 1),
    WINDMILL("windmill", "", 1),
    SUN("sun", "", 1),
    MOON("crescent moon", "", 1),
    CLOUDS("cloud", "clouds", 2),
    BALLOON("%s hot-air balloon", "", 1),
    BIRDS("bird", "birds", 4),
    KITE("%s kite", "", 1);

    private final String one;
    private final String several;
    private final int most;

    Sort(String one, String several, int most) {
      this.one = one;
      this.several = several;
      this.most = most;
    }
  }

  static final List<Sort> GROUND_SORTS =
      List.of(
          Sort.HOUSE,
          Sort.PINES,
          Sort.TREES,
          Sort.TENT,
          Sort.CAR,
          Sort.POND,
          Sort.FENCE,
          Sort.WINDMILL);
  private static final List<Tint> TINTS =
      List.of(Tint.RED, Tint.ORANGE, Tint.YELLOW, Tint.BLUE, Tint.PURPLE);

  /** What can be in the sky: the sun by day and at sunset, the moon at night. */
  static List<Sort> skySorts(Landscape.Hour hour) {
    List<Sort> sorts = new ArrayList<>(List.of(Sort.CLOUDS, Sort.BALLOON, Sort.BIRDS, Sort.KITE));
    sorts.add(hour == Landscape.Hour.NIGHT ? Sort.MOON : Sort.SUN);
    return sorts;
  }

  static Element draw(Dice dice, Sort sort) {
    return new Element(sort, dice.from(1, sort.most), dice.pick(TINTS));
  }

  /** {@code a house with a red roof}, {@code three birds}. */
  String phrase() {
    if (count > 1) {
      return Words.number(count) + " " + sort.several;
    }
    return switch (sort) {
      case SUN -> "the sun";
      case HOUSE -> "a " + sort.one.replace("%s", Words.withArticle(tint.word()));
      default -> Words.withArticle(sort.one.replace("%s", tint.word()));
    };
  }
}
