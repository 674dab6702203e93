package org.sightmill.pipeline.collect.source.procedural;

/** A group of objects by some of their properties; null means any. */
record Kind(Form form, Tint tint, Stature stature, Finish finish) {
  static final Kind ANY = new Kind(null, null, null, null);

  boolean matches(Thing thing) {
    return (form == null || form == thing.form())
        && (tint == null || tint == thing.tint())
        && (stature == null || stature == thing.stature())
        && (finish == null || finish == thing.finish());
  }

  /** {@code small red metal cube}, {@code blue object}. */
  String singular() {
    return adjectives() + (form == null ? "object" : form.noun());
  }

  /** {@code small red metal cubes}. */
  String plural() {
    return adjectives() + (form == null ? "objects" : form.plural());
  }

  /** {@code 1 red cube}, {@code 3 red cubes}. */
  String counted(int count) {
    return count + " " + (count == 1 ? singular() : plural());
  }

  private String adjectives() {
    boolean flat = finish == Finish.FILLED || finish == Finish.OUTLINED;
    return word(stature == null ? null : stature.word())
        + (flat ? word(finish.word()) : "")
        + word(tint == null ? null : tint.word())
        + (flat || finish == null ? "" : word(finish.word()));
  }

  private static String word(String word) {
    return word == null ? "" : word + " ";
  }
}
