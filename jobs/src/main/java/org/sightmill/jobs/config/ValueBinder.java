package org.sightmill.jobs.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.sightmill.jobs.config.ConfigNode.Kind;
import org.sightmill.jobs.config.ConfigNode.Mapping;
import org.sightmill.jobs.config.ConfigNode.Scalar;
import org.sightmill.jobs.config.ConfigNode.Sequence;
import org.sightmill.pipeline.check.Checks;

/** Binds one value to its declared type; null stands for a problem that has been added. */
final class ValueBinder {
  private final Problems problems;
  private final RecordBinder records;

  ValueBinder(Problems problems, RecordBinder records) {
    this.problems = problems;
    this.records = records;
  }

  Object bind(RecordComponent component, ConfigNode node, String parent) {
    String path = Names.below(parent, Names.snake(component.getName()));
    return bind(component.getGenericType(), node, path);
  }

  private Object bind(Type type, ConfigNode node, String path) {
    if (type instanceof ParameterizedType generic) {
      return bindContainer(generic, node, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain.isRecord()) {
      return records.bind(plain.asSubclass(Record.class), node, path);
    }
    return bindScalar(plain, node, path);
  }

  private Object bindContainer(ParameterizedType type, ConfigNode node, String path) {
    Class<?> raw = (Class<?>) type.getRawType();
    Type[] arguments = type.getActualTypeArguments();
    if (Map.class.isAssignableFrom(raw)) {
      return bindMap(raw, arguments, node, path);
    }
    if (List.class.isAssignableFrom(raw)) {
      return bindList(arguments[0], node, path);
    }
    if (Set.class.isAssignableFrom(raw)) {
      List<Object> items = bindList(arguments[0], node, path);
      return items == null ? null : new TreeSet<>(items);
    }
    throw new IllegalStateException("no binding for " + type.getTypeName() + " at " + path);
  }

  private List<Object> bindList(Type element, ConfigNode node, String path) {
    if (!(node instanceof Sequence sequence)) {
      return wrong(node, path, "a list");
    }
    List<Object> bound = new ArrayList<>();
    for (ConfigNode item : sequence.items()) {
      bound.add(bind(element, item, "%s[%d]".formatted(path, bound.size())));
    }
    return bound.contains(null) ? null : bound;
  }

  private Map<Object, Object> bindMap(Class<?> raw, Type[] types, ConfigNode node, String path) {
    if (!(node instanceof Mapping mapping)) {
      return wrong(node, path, "keys and values");
    }
    Map<Object, Object> bound =
        SortedMap.class.isAssignableFrom(raw) ? new TreeMap<>() : new LinkedHashMap<>();
    boolean sound = true;
    for (Map.Entry<String, ConfigNode> entry : mapping.entries().entrySet()) {
      ConfigNode value = entry.getValue();
      Scalar name = new Scalar(Kind.TEXT, entry.getKey(), value.where());
      Object key = bindScalar((Class<?>) types[0], name, path + "'s key");
      Object item = bind(types[1], value, Names.below(path, entry.getKey()));
      sound &= key != null && item != null;
      if (sound) {
        bound.put(key, item);
      }
    }
    return sound ? bound : null;
  }

  private Object bindScalar(Class<?> type, ConfigNode node, String path) {
    if (!(node instanceof Scalar scalar) || scalar.kind() == Kind.NULL) {
      return wrong(node, path, expected(type));
    }
    if (type == String.class) {
      return scalar.text();
    }
    if (type.isEnum()) {
      return constant(type, scalar, path);
    }
    if (type == boolean.class || type == Boolean.class) {
      return scalar.kind() == Kind.BOOLEAN
          ? (Object) Boolean.valueOf(scalar.text())
          : wrong(node, path, expected(type));
    }
    return number(type, scalar, path);
  }

  private Object constant(Class<?> type, Scalar scalar, String path) {
    for (Object constant : type.getEnumConstants()) {
      if (Checks.label((Enum<?>) constant).equals(scalar.text())) {
        return constant;
      }
    }
    String hint =
        DidYouMean.suggest(scalar.text(), labels(type))
            .map(name -> ", did you mean '" + name + "'?")
            .orElse("");
    return wrong(scalar, path, expected(type), hint);
  }

  private static List<String> labels(Class<?> type) {
    return Stream.of(type.getEnumConstants())
        .map(constant -> Checks.label((Enum<?>) constant))
        .toList();
  }

  private Object number(Class<?> type, Scalar scalar, String path) {
    boolean whole = type != double.class && type != Double.class;
    boolean fits = scalar.kind() == Kind.INTEGER || (!whole && scalar.kind() == Kind.DECIMAL);
    try {
      if (fits) {
        return parse(type, scalar.text().replace("_", ""));
      }
    } catch (NumberFormatException e) {
      return wrong(scalar, path, "a whole number of at most " + greatest(type));
    }
    return wrong(scalar, path, expected(type));
  }

  private static long greatest(Class<?> type) {
    return type == int.class || type == Integer.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
  }

  private static Object parse(Class<?> type, String text) {
    if (type == int.class || type == Integer.class) {
      return Integer.valueOf(text);
    }
    if (type == long.class || type == Long.class) {
      return Long.valueOf(text);
    }
    if (type == double.class || type == Double.class) {
      return Double.valueOf(text);
    }
    throw new IllegalStateException("no binding for " + type.getName());
  }

  private static String expected(Class<?> type) {
    if (type == boolean.class || type == Boolean.class) {
      return "true or false";
    }
    if (type == double.class || type == Double.class) {
      return "a number";
    }
    if (type.isEnum()) {
      return "one of " + String.join(", ", labels(type));
    }
    return type.isPrimitive() || Number.class.isAssignableFrom(type) ? "a whole number" : "a text";
  }

  private <T> T wrong(ConfigNode node, String path, String expected) {
    return wrong(node, path, expected, "");
  }

  private <T> T wrong(ConfigNode node, String path, String expected, String hint) {
    problems.add(
        node.where(), "%s must be %s but was %s%s".formatted(path, expected, node.shown(), hint));
    return null;
  }

  /** What a primitive component holds while its real value is missing. */
  Object zero(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    return type == char.class ? (Object) '\0' : parse(type, "0");
  }
}
