package org.sightmill.pipeline.collect.source.procedural;

import java.util.List;
import org.sightmill.pipeline.sample.Choices;

/** Telling what a picture shows. */
record SceneTask(Scenery scenery, String question) implements Task {
  private static final int MISREAD_TRIES = 40;

  static Task make(Dice dice, double hardness, Size size) {
    Scenery scenery =
        dice.chance(0.65)
            ? Landscape.draw(dice, hardness, size)
            : StillScenery.draw(dice, hardness, size);
    return new SceneTask(
        scenery,
        dice.pickOf(
            "Describe the picture in one or two sentences.",
            "What does this picture show? Answer in one or two sentences.",
            "Give a short description of this scene.",
            "Write one or two sentences on what can be seen here."));
  }

  @Override
  public Choices choices() {
    return null;
  }

  @Override
  public String answer() {
    return scenery.summary();
  }

  @Override
  public String caption() {
    return scenery.caption();
  }

  @Override
  public String scene() {
    return scenery.json();
  }

  /** Quite another picture is seen: of many draws, the one with the least in common. */
  @Override
  public Task misread(Dice dice) {
    Scenery least = scenery.redrawn(dice);
    for (int i = 0; i < MISREAD_TRIES && common(least) > 0; i++) {
      Scenery other = scenery.redrawn(dice);
      least = common(other) < common(least) ? other : least;
    }
    return new SceneTask(least, question);
  }

  private int common(Scenery other) {
    return other.features().size()
        - (int) other.features().stream().filter(f -> !scenery.features().contains(f)).count();
  }

  @Override
  public void explain(Voice voice) {
    List<String> sights = scenery.sights();
    sights.forEach(voice::see);
    voice.doubt(voice.dice().pick(sights));
    voice.sayOneOf(
        "Put together, this makes the whole scene.",
        "These are the main things to name.",
        "A short text should name these things and where they are.",
        "Nothing else of note is in view.");
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    scenery.paint(canvas, dice);
  }
}
