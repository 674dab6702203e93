package org.sightmill.pipeline.teacher;

import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import org.sightmill.pipeline.check.InvalidConfigException;

/** Finds teachers by name among those on the class path, also in jars that came with the job. */
public final class Teachers {
  private Teachers() {}

  /**
   * The teacher with this name.
   *
   * @throws InvalidConfigException listing the names there are, the nearest first
   */
  public static Teacher named(String provider) {
    List<String> names = new ArrayList<>();
    for (Teacher teacher : ServiceLoader.load(Teacher.class, classLoader())) {
      if (teacher.name().equals(provider)) {
        return teacher;
      }
      names.add(teacher.name());
    }
    names.sort(java.util.Comparator.naturalOrder());
    throw new InvalidConfigException(
        List.of(
            "provider: no teacher is named '%s', did you mean '%s'? Known are %s"
                .formatted(provider, EditDistance.nearest(provider, names), names)));
  }

  private static ClassLoader classLoader() {
    ClassLoader ofThread = Thread.currentThread().getContextClassLoader();
    return ofThread == null ? Teachers.class.getClassLoader() : ofThread;
  }
}
