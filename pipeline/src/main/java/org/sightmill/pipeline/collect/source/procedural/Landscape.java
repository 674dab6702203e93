package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A meadow, beach or snow field with things standing on it and in the sky, each in its own third.
 *
 * @param ground three elements from left to right; null where there is nothing
 * @param sky three elements from left to right; null where there is nothing
 */
record Landscape(
    Size size, double hardness, Hour hour, Land land, List<Element> ground, List<Element> sky)
    implements Scenery {

  enum Hour {
    DAY("by day"),
    SUNSET("at sunset"),
    NIGHT("at night");

    private final String words;

    Hour(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  enum Land {
    MEADOW("a green meadow"),
    DESERT("a sandy desert"),
    SNOW("a snowy field");

    private final String words;

    Land(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  private static final List<String> SIDES = List.of("on the left", "in the middle", "on the right");

  Landscape {
    ground = Collections.unmodifiableList(new ArrayList<>(ground));
    sky = Collections.unmodifiableList(new ArrayList<>(sky));
  }

  static Scenery draw(Dice dice, double hardness, Size size) {
    Hour hour = dice.pickOf(Hour.values());
    int standing = 1 + (int) Math.round(hardness * 1.2 + dice.unit());
    int flying = 1 + (int) Math.round(hardness * 1.2 + dice.unit() * 0.8);
    return new Landscape(
        size,
        hardness,
        hour,
        dice.pickOf(Land.values()),
        spread(dice, Element.GROUND_SORTS, Math.min(3, standing)),
        spread(dice, Element.skySorts(hour), Math.min(3, flying)));
  }

  /** Different sorts in different thirds. */
  private static List<Element> spread(Dice dice, List<Element.Sort> sorts, int count) {
    List<Element.Sort> shuffled = new ArrayList<>(sorts);
    dice.shuffle(shuffled);
    List<Element> thirds = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      thirds.add(i < count ? Element.draw(dice, shuffled.get(i)) : null);
    }
    dice.shuffle(thirds);
    return thirds;
  }

  @Override
  public String summary() {
    return Words.capital(land.words())
        + " "
        + hour.words()
        + " with "
        + placed(ground)
        + ". In the sky "
        + Words.thereAre(count(sky))
        + " "
        + placed(sky)
        + ".";
  }

  /** The number that the verb in front of the list agrees with: its first element's. */
  private static int count(List<Element> thirds) {
    return thirds.stream().filter(Objects::nonNull).findFirst().orElseThrow().count();
  }

  private static String placed(List<Element> thirds) {
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < thirds.size(); i++) {
      if (thirds.get(i) != null) {
        parts.add(thirds.get(i).phrase() + " " + SIDES.get(i));
      }
    }
    return Words.join(parts);
  }

  @Override
  public String caption() {
    return "An illustration of a landscape. The ground is "
        + land.words()
        + " and it is drawn as seen "
        + hour.words()
        + ", with low hills at the horizon. On the ground: "
        + placed(ground)
        + ". In the sky: "
        + placed(sky)
        + ".";
  }

  @Override
  public List<String> sights() {
    List<String> sights = new ArrayList<>();
    sights.add("the ground is " + land.words() + " " + hour.words());
    addSights(sights, ground, "");
    addSights(sights, sky, "in the sky ");
    return sights;
  }

  private static void addSights(List<String> sights, List<Element> thirds, String where) {
    for (int i = 0; i < thirds.size(); i++) {
      Element element = thirds.get(i);
      if (element != null) {
        String place = where.isEmpty() ? SIDES.get(i) : where + SIDES.get(i);
        sights.add(place + " " + Words.thereAre(element.count()) + " " + element.phrase());
      }
    }
  }

  @Override
  public List<String> features() {
    List<String> features = new ArrayList<>(List.of(hour.words(), land.words()));
    for (int i = 0; i < 3; i++) {
      addFeature(features, ground.get(i));
      addFeature(features, sky.get(i));
    }
    return features;
  }

  private static void addFeature(List<String> features, Element element) {
    if (element != null) {
      features.add(element.sort().name());
    }
  }

  @Override
  public Scenery redrawn(Dice dice) {
    return draw(dice, hardness, size);
  }

  @Override
  public String json() {
    return Json.object(
        Map.entry("land", Json.text(land.words())),
        Map.entry("hour", Json.text(hour.words())),
        Map.entry("ground", Json.array(ground, Landscape::elementJson)),
        Map.entry("sky", Json.array(sky, Landscape::elementJson)));
  }

  private static String elementJson(Element element) {
    return element == null ? "null" : Json.text(element.phrase());
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    new LandscapePainter(canvas, this, dice).paint();
  }
}
