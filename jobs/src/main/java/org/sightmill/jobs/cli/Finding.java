package org.sightmill.jobs.cli;

/** One thing that was looked at. */
record Finding(String what, State state, String text) {
  /** How it is. */
  enum State {
    FINE("ok"),
    /** Works, but something that a person may want does not. */
    LACKING("note"),
    BROKEN("BROKEN");

    private final String word;

    State(String word) {
      this.word = word;
    }

    String word() {
      return word;
    }
  }

  static Finding fine(String what, String text) {
    return new Finding(what, State.FINE, text);
  }

  static Finding lacking(String what, String text) {
    return new Finding(what, State.LACKING, text);
  }

  static Finding broken(String what, String text) {
    return new Finding(what, State.BROKEN, text);
  }
}
