package org.sightmill.jobs.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.sightmill.jobs.config.ConfigNode.Kind;
import org.sightmill.jobs.config.ConfigNode.Mapping;
import org.sightmill.jobs.config.ConfigNode.Scalar;
import org.sightmill.pipeline.check.InvalidConfigException;

/**
 * Binds a mapping to a record: a component {@code maxPixels} is the key {@code max_pixels}. A key
 * that is absent or empty takes its value from the record's static {@code defaults()} or {@code
 * DEFAULT}, where it has one; lists and maps are then empty and objects null, and the record says
 * what it misses.
 */
final class RecordBinder {
  private final Problems problems;
  private final ValueBinder values;

  RecordBinder(Problems problems) {
    this.problems = problems;
    this.values = new ValueBinder(problems, this);
  }

  /** The record, or null when there was a problem, which is then added to the problems. */
  <T extends Record> T bind(Class<T> type, ConfigNode node, String path) {
    if (node instanceof Mapping mapping) {
      return bindMapping(type, mapping, path);
    }
    problems.add(node.where(), path + " must hold keys and values but was " + node.shown());
    return null;
  }

  private <T extends Record> T bindMapping(Class<T> type, Mapping mapping, String path) {
    RecordComponent[] components = type.getRecordComponents();
    reportUnknown(mapping, components, path);
    Record defaults = defaults(type);
    Set<String> failed = new HashSet<>();
    Object[] arguments = new Object[components.length];
    for (int i = 0; i < components.length; i++) {
      String key = Names.snake(components[i].getName());
      ConfigNode node = mapping.entries().get(key);
      arguments[i] = isAbsent(node) ? null : values.bind(components[i], node, path);
      if (arguments[i] == null) {
        arguments[i] = fallback(components[i], defaults);
        if (!isAbsent(node)) {
          failed.add(key);
        } else if (arguments[i] == null && components[i].getType().isPrimitive()) {
          problems.add(mapping.where(), Names.below(path, key) + " is required");
          failed.add(key);
        }
      }
      if (arguments[i] == null && components[i].getType().isPrimitive()) {
        arguments[i] = values.zero(components[i].getType());
      }
    }
    T bound = construct(type, arguments, new Place(mapping, path, failed));
    return failed.isEmpty() ? bound : null;
  }

  /**
   * Where a record stands and which of its keys have been complained of, so that its own checks,
   * which saw stand-ins there, don't complain again.
   */
  private record Place(Mapping mapping, String path, Set<String> failed) {}

  private static boolean isAbsent(ConfigNode node) {
    return node == null || (node instanceof Scalar scalar && scalar.kind() == Kind.NULL);
  }

  private void reportUnknown(Mapping mapping, RecordComponent[] components, String path) {
    List<String> known =
        Stream.of(components).map(component -> Names.snake(component.getName())).toList();
    mapping
        .entries()
        .forEach(
            (key, node) -> {
              if (!known.contains(key)) {
                problems.add(
                    node.where(),
                    Names.below(path, key) + " is not a key here" + DidYouMean.hint(key, known));
              }
            });
  }

  private <T extends Record> T construct(Class<T> type, Object[] arguments, Place place) {
    try {
      return canonical(type).newInstance(arguments);
    } catch (InvocationTargetException e) {
      report(e.getCause(), place);
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("record " + type.getName() + " can't be made", e);
    }
  }

  private void report(Throwable cause, Place place) {
    if (cause instanceof InvalidConfigException invalid) {
      invalid.problems().forEach(problem -> report(problem, place));
    } else if (cause instanceof IllegalArgumentException) {
      report(cause.getMessage(), place);
    } else if (place.failed().isEmpty()) {
      throw new IllegalStateException(
          "configuration at '%s' breaks its record".formatted(place.path()), cause);
    }
  }

  private void report(String problem, Place place) {
    String key = problem.split("[^A-Za-z0-9_]", 2)[0];
    if (!place.failed().contains(key)) {
      ConfigNode node = place.mapping().entries().get(key);
      String where = node == null ? place.mapping().where() : node.where();
      problems.add(where, Names.below(place.path(), problem));
    }
  }

  private static <T> Constructor<T> canonical(Class<T> type) throws NoSuchMethodException {
    Class<?>[] parameters =
        Stream.of(type.getRecordComponents())
            .map(RecordComponent::getType)
            .toArray(Class<?>[]::new);
    Constructor<T> constructor = type.getDeclaredConstructor(parameters);
    constructor.setAccessible(true);
    return constructor;
  }

  private static Object fallback(RecordComponent component, Record defaults) {
    if (defaults != null) {
      return RecordValues.get(component, defaults);
    }
    Class<?> type = component.getType();
    if (List.class.isAssignableFrom(type)) {
      return new ArrayList<>();
    }
    if (Set.class.isAssignableFrom(type)) {
      return new java.util.TreeSet<>();
    }
    if (Map.class.isAssignableFrom(type)) {
      return type.isAssignableFrom(LinkedHashMap.class)
          ? new LinkedHashMap<>()
          : new java.util.TreeMap<>();
    }
    return type.isRecord() ? defaults(type) : null;
  }

  /**
   * The record's documented defaults, from its static {@code defaults()} or {@code DEFAULT}; null
   * where it has neither.
   */
  static Record defaults(Class<?> type) {
    try {
      for (Method method : type.getDeclaredMethods()) {
        if (method.getName().equals("defaults")
            && method.getParameterCount() == 0
            && Modifier.isStatic(method.getModifiers())) {
          method.setAccessible(true);
          return (Record) method.invoke(null);
        }
      }
      for (Field field : type.getDeclaredFields()) {
        if (field.getName().equals("DEFAULT") && field.getType() == type) {
          field.setAccessible(true);
          return (Record) field.get(null);
        }
      }
      return null;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("defaults of " + type.getName() + " can't be read", e);
    }
  }
}
