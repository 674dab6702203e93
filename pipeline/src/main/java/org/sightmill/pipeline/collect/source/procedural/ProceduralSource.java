package org.sightmill.pipeline.collect.source.procedural;

import java.util.Map;
import java.util.Objects;

/**
 * Generates visual questions by index. Holds no state between rows: any row can be made at any
 * time, on any thread and any machine. Safe for concurrent use.
 *
 * <p>Labels are the same everywhere; pixels are the same for the same JDK build, since Java2D's
 * rasteriser and the deflate library belong to it.
 */
public final class ProceduralSource {
  /** Changes when any row of any seed changes: part of a reader's fingerprint. */
  public static final int GENERATOR_VERSION = 1;

  private static final String HEADLESS = "java.awt.headless";

  static {
    // A worker started from a desktop shell has a stale DISPLAY, which AWT would try to open. AWT
    // decides at its first class, a colour, so this stands before any of them is loaded.
    if (System.getProperty(HEADLESS) == null) {
      System.setProperty(HEADLESS, "true");
    }
  }

  private final ProceduralConfig config;

  /** A source of {@code config.rows()} rows. */
  public ProceduralSource(ProceduralConfig config) {
    this.config = Objects.requireNonNull(config, "config");
  }

  /** What this source generates. */
  public ProceduralConfig config() {
    return config;
  }

  /** Row {@code index}, from 0, with its picture. */
  public ProceduralItem item(long index) {
    Plan plan = plan(index);
    Canvas canvas = new Canvas(plan.width(), plan.height());
    plan.task().paint(canvas, Dice.of(config.seed(), index, Dice.Purpose.PAINT));
    return new ProceduralItem(label(index, plan), canvas.toPng());
  }

  /** Row {@code index}, from 0, without its picture: much faster, equal to the item's label. */
  public ProceduralLabel label(long index) {
    return label(index, plan(index));
  }

  /**
   * The answer to row {@code index} that a hasty look gives, in the form of the label's answer.
   * Right where the picture is simple: for {@code tally} with up to two of the asked counters, for
   * {@code majority} where one colour is two ahead. Of the other families a misreading.
   */
  public String glanced(long index) {
    return plan(index).task().glanced(Dice.of(config.seed(), index, Dice.Purpose.GLANCE));
  }

  /** The decisions that come before any text or picture. */
  record Plan(ProceduralFamily family, int difficulty, int width, int height, Task task) {}

  Plan plan(long index) {
    Objects.checkIndex(index, config.rows());
    Dice dice = Dice.of(config.seed(), index, Dice.Purpose.PLAN);
    ProceduralFamily family = family(dice.unit());
    int difficulty = dice.from(1, config.difficultyLevels());
    int width = dice.from(config.minSidePixels(), config.maxSidePixels());
    int height = Math.max(config.minSidePixels(), Math.min(width, dice.from(width * 3 / 4, width)));
    Dice scene = Dice.of(config.seed(), index, Dice.Purpose.SCENE);
    Task task = Tasks.make(family, scene, hardness(difficulty), new Size(width, height));
    return new Plan(family, difficulty, width, height, task);
  }

  private double hardness(int difficulty) {
    int levels = config.difficultyLevels();
    return levels == 1 ? 0 : (difficulty - 1) / (double) (levels - 1);
  }

  private ProceduralFamily family(double unit) {
    double left = unit * config.weights().values().stream().mapToDouble(Double::doubleValue).sum();
    ProceduralFamily last = null;
    for (ProceduralFamily family : ProceduralFamily.values()) {
      double weight = config.weights().get(family);
      if (weight > 0) {
        last = family;
        left -= weight;
      }
      if (weight > 0 && left < 0) {
        return family;
      }
    }
    return last;
  }

  private ProceduralLabel label(long index, Plan plan) {
    Dice dice = Dice.of(config.seed(), index, Dice.Purpose.RATIONALE);
    Task seen = dice.chance(config.wrongRationaleRate()) ? plan.task().misread(dice) : plan.task();
    Voice voice = voice(dice, plan.difficulty());
    seen.explain(voice);
    return new ProceduralLabel(
        "procedural-" + Long.toHexString(config.seed()) + "-" + index,
        plan.task().question(),
        plan.task().choices(),
        plan.task().answer(),
        plan.family().answerType(),
        plan.task().caption(),
        voice.conclude(seen.spokenAnswer()),
        seen.answer(),
        plan.family(),
        plan.difficulty(),
        plan.width(),
        plan.height(),
        meta(index, plan));
  }

  private Voice voice(Dice dice, int difficulty) {
    return new Voice(
        dice,
        Voice.Mentions.draw(dice, config.captionMentionRate()),
        config.isReflective(difficulty) ? Voice.Tone.REFLECTIVE : Voice.Tone.PLAIN);
  }

  private String meta(long index, Plan plan) {
    return Json.object(
        Map.entry("generator_version", String.valueOf(GENERATOR_VERSION)),
        Map.entry("seed", Json.text(Long.toHexString(config.seed()))),
        Map.entry("index", String.valueOf(index)),
        Map.entry("family", Json.text(plan.family().label())),
        Map.entry("difficulty", String.valueOf(plan.difficulty())),
        Map.entry("scene", plan.task().scene()));
  }
}
