package org.sightmill.pipeline.collect.source.procedural;

import java.util.ArrayList;
import java.util.List;

/**
 * Tells a solution in varied words. Plain voices contain none of the self-reflection cues (wait,
 * again, double-check, hmm, mistake, alternatively, check, i should confirm); reflective ones at
 * least one. Only voices that mention the caption contain the words caption or description.
 */
final class Voice {
  /** How often a rationale speaks of the caption instead of the picture. */
  enum Mentions {
    NONE,
    FEW,
    MANY;

    /** Of the mentioning rationales, those with so many mentions that rewriting changes a lot. */
    private static final double MANY_SHARE = 0.06;

    static Mentions draw(Dice dice, double rate) {
      if (!dice.chance(rate)) {
        return NONE;
      }
      return dice.chance(MANY_SHARE) ? MANY : FEW;
    }
  }

  enum Tone {
    PLAIN,
    REFLECTIVE
  }

  private static final List<String> LEADS =
      List.of(
          "",
          "",
          "",
          "I can see that ",
          "Looking at the picture, ",
          "In the picture, ",
          "From what is drawn, ",
          "The picture shows that ");
  private static final List<String> MENTION_LEADS =
      List.of(
          "According to the caption, ",
          "The caption says that ",
          "The description mentions that ",
          "As the caption states, ",
          "Based on the description, ",
          "From the caption I know that ",
          "As described in the caption, ");
  private static final List<String> MANY_OPENINGS =
      List.of(
          "The caption provided with the question gives a detailed description of the picture, so I"
              + " will rely on the caption and take its description of each part as given.",
          "I only have the caption and its description of the scene to go by, so every step below"
              + " quotes the caption or the description.");
  private static final List<String> MENTION_CLOSINGS =
      List.of(
          "This agrees with the caption.",
          "That fits the description given.",
          "All of this is in line with the caption.");
  private static final List<String> DOUBTS =
      List.of(
          "Wait, let me look once more: %s.",
          "Hmm, let me double-check: %s.",
          "Let me check that again: %s.",
          "I should confirm this: %s.",
          "Did I make a mistake? Going back over it, %s.",
          "Wait, could I have missed something? Looking again, %s.",
          "Hmm, I want to be sure here: %s.",
          "Before I settle on this, a quick check: %s.",
          "Alternatively, I can go at it from the other side: %s.");
  private static final List<String> RELIEFS =
      List.of("", "", " That holds.", " Good, that agrees.", " So it stands.", " Yes, that fits.");
  private static final List<String> CONCLUSIONS =
      List.of(
          "The answer is",
          "So the answer is",
          "Therefore, the answer is",
          "Hence, the answer is",
          "Putting this together, the answer is",
          "This means that the answer is");

  private final Dice dice;
  private final Mentions mentions;
  private final Tone tone;
  private final StringBuilder text = new StringBuilder(512);
  private final List<String> leads = new ArrayList<>(LEADS);
  private final List<String> mentionLeads = new ArrayList<>(MENTION_LEADS);
  private final List<String> doubts = new ArrayList<>(DOUBTS);
  private int mentionsMade;

  Voice(Dice dice, Mentions mentions, Tone tone) {
    this.dice = dice;
    this.mentions = mentions;
    this.tone = tone;
    if (mentions == Mentions.MANY) {
      say(dice.pick(MANY_OPENINGS));
    }
  }

  /** For the wording of a family's own steps. */
  Dice dice() {
    return dice;
  }

  /** Adds whole sentences as they are. */
  Voice say(String sentences) {
    text.append(text.length() > 0 ? " " : "").append(sentences);
    return this;
  }

  /** Adds one of these sentences. */
  Voice sayOneOf(String... sentences) {
    return say(dice.pickOf(sentences));
  }

  /** Adds something seen; a clause in lower case without a full stop. */
  Voice see(String clause) {
    String lead = mentionsNow() ? take(mentionLeads, MENTION_LEADS) : take(leads, LEADS);
    return say(lead.isEmpty() ? Words.capital(clause) + "." : lead + clause + ".");
  }

  /** A reflective voice goes over this clause once more; a plain one stays silent. */
  Voice doubt(String clause) {
    if (tone == Tone.REFLECTIVE) {
      say(take(doubts, DOUBTS).replace("%s", clause) + dice.pick(RELIEFS));
    }
    return this;
  }

  /** Ends with the answer and returns the whole. */
  String conclude(String answer) {
    if (mentions != Mentions.NONE && mentionsMade == 0) {
      say(dice.pick(MENTION_CLOSINGS));
    }
    boolean sentences = answer.endsWith(".");
    return say(dice.pick(CONCLUSIONS) + (sentences ? ": " + answer : " " + answer + "."))
        .toString();
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /** One of the phrases not used yet; all come back when none is left. */
  private String take(List<String> left, List<String> all) {
    if (left.isEmpty()) {
      left.addAll(all);
    }
    return left.remove(dice.below(left.size()));
  }

  private boolean mentionsNow() {
    boolean now =
        mentions == Mentions.MANY
            || (mentions == Mentions.FEW && dice.chance(mentionsMade == 0 ? 0.8 : 0.3));
    if (now) {
      mentionsMade++;
    }
    return now;
  }
}
