package org.sightmill.pipeline.curate;

import java.util.Locale;

/** The two splits. They share no sample and no image. */
enum Split {
  SFT,
  RL;

  /** The value of the {@code split} column and the folder's name. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
