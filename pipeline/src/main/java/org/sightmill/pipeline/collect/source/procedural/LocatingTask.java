package org.sightmill.pipeline.collect.source.procedural;

import java.util.Map;
import org.sightmill.pipeline.sample.Box;
import org.sightmill.pipeline.sample.Choices;

/**
 * Locating the one object that a reference fits.
 *
 * @param found the object that the viewer takes for the one meant
 * @param question the wording
 */
record LocatingTask(Still still, Reference reference, Thing found, String question)
    implements Task {

  @Override
  public Choices choices() {
    return null;
  }

  @Override
  public String answer() {
    return Decimals.box(fractions());
  }

  private Box fractions() {
    return found.bounds().dividedBy(still.size().width(), still.size().height());
  }

  @Override
  public String caption() {
    return still.survey();
  }

  @Override
  public String scene() {
    return Json.object(
        Map.entry("still", still.json()),
        Map.entry("reference", Json.text(reference.text())),
        Map.entry("pixel_box", Decimals.box(found.bounds())),
        Map.entry("box", answer()));
  }

  /** Another object is taken for the one meant. */
  @Override
  public Task misread(Dice dice) {
    int other = still.things().indexOf(found) + 1 + dice.below(still.things().size() - 1);
    Thing wrong = still.things().get(other % still.things().size());
    return new LocatingTask(still, reference, wrong, question);
  }

  @Override
  public void explain(Voice voice) {
    reference.explain(still, voice);
    Dice dice = voice.dice();
    voice.see(
        dice.pickOf("the one meant is ", "it lies ", "the object in question is ", "I find it ")
            + still.region(found));
    voice.see(dice.pickOf("it spans ", "its edges run from ", "it covers ") + Still.extent(found));
    voice.doubt(secondLook(dice));
    Box box = found.bounds();
    Box part = fractions();
    int width = still.size().width();
    int height = still.size().height();
    voice.sayOneOf(
        "The picture is " + width + " by " + height + " pixels.",
        "With a width of " + width + " and a height of " + height + " pixels I get fractions.");
    voice.say(
        "Horizontally "
            + division(box.x1(), width, part.x1())
            + " and "
            + division(box.x2(), width, part.x2())
            + "; vertically "
            + division(box.y1(), height, part.y1())
            + " and "
            + division(box.y2(), height, part.y2())
            + ".");
  }

  private String secondLook(Dice dice) {
    if (still.setting() == Still.Setting.TABLE && dice.chance(0.5)) {
      return "without its shadow it reaches over " + Still.extent(found);
    }
    return dice.pickOf(
        "its outermost points give " + Still.extent(found),
        "measured at its edges it covers " + Still.extent(found),
        "no part of it lies outside " + Still.extent(found));
  }

  private static String division(double pixels, int by, double fraction) {
    return Math.round(pixels) + "/" + by + " = " + Decimals.text(fraction, 3);
  }

  @Override
  public void paint(Canvas canvas, Dice dice) {
    new StillPainter(canvas, dice).paint(still);
  }
}
