package org.sightmill.jobs.config;

import java.util.Optional;

/** Looks whether the places that a configuration names can be used, before anything starts. */
public interface PathProbe {
  /** Why a file, folder or glob can't be read, or empty. */
  Optional<String> unreadable(String path);

  /** Why a folder can't be written to, or empty; it need not be there yet. */
  Optional<String> unwritable(String path);
}
