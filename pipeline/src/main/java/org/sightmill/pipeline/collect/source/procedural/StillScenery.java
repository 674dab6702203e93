package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;

/** A few objects as a scene to be told. */
record StillScenery(Still still, double hardness) implements Scenery {

  static Scenery draw(Dice dice, double hardness, Size size) {
    int count = 2 + dice.below(2) + (int) Math.round(3 * hardness);
    return new StillScenery(new StillMaker(dice, size).make(count, 4, 3), hardness);
  }

  @Override
  public String summary() {
    List<String> groups = still.groups(still.things());
    return Words.capital(Words.join(groups.stream().map(Words::counted).toList()))
        + (still.things().size() == 1 ? " stands " : " are ")
        + still.setting().place()
        + ".";
  }

  @Override
  public String caption() {
    return still.inventory();
  }

  @Override
  public List<String> sights() {
    List<String> sights = new ArrayList<>();
    sights.add(
        "there are " + Words.number(still.things().size()) + " objects " + still.setting().place());
    for (Thing thing : still.things()) {
      sights.add(Words.withArticle(still.kindOf(thing).singular()) + " is " + still.region(thing));
    }
    return sights;
  }

  @Override
  public List<String> features() {
    List<String> features = new ArrayList<>();
    features.add(still.setting().place());
    for (Thing thing : still.things()) {
      features.add(thing.tint().word());
      features.add(thing.form().noun());
    }
    return features;
  }

  @Override
  public Scenery redrawn(Dice dice) {
    return draw(dice, hardness, still.size());
  }

  @Override
  public String json() {
    return still.json();
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    new StillPainter(canvas, dice).paint(still);
  }
}
