package org.sightmill.jobs.config;

import java.util.Optional;

/**
 * Looks whether the places and readers that a configuration names can be used, before anything
 * starts.
 */
public interface PathProbe {
  /** Finds nothing wrong: for commands that read no source. */
  PathProbe NONE =
      new PathProbe() {
        @Override
        public Optional<String> unreadable(String path) {
          return Optional.empty();
        }

        @Override
        public Optional<String> unwritable(String path) {
          return Optional.empty();
        }
      };

  /** Why a file, folder or glob can't be read, or empty. */
  Optional<String> unreadable(String path);

  /** Why there is no such reader of sources, or empty. */
  default Optional<String> unknownReader(String name) {
    return Optional.empty();
  }

  /** Why a folder can't be written to, or empty; it need not be there yet. */
  Optional<String> unwritable(String path);
}
