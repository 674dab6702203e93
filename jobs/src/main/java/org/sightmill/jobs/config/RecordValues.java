package org.sightmill.jobs.config;

import java.lang.reflect.RecordComponent;

/** Reads the components of records. */
final class RecordValues {
  private RecordValues() {}

  static Object get(RecordComponent component, Record record) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("component " + component + " can't be read", e);
    }
  }
}
