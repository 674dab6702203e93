package org.sightmill.jobs.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.sightmill.pipeline.check.Checks;

/** A configuration record as YAML that binds to the same record again, secrets masked. */
public final class ConfigWriter {
  /** What stands in the place of a secret. */
  public static final String MASK = "********";

  /** Keys that name a secret itself; {@code api_key_env} and {@code api_key_file} name a place. */
  private static final Pattern SECRET =
      Pattern.compile(
          "(?i).*((api|access)[_.-]?key|secret|password|token|credential|authorization)$");

  private static final Pattern USER_INFO = Pattern.compile("(?<=://)[^/@\\s]+(?=@)");

  private ConfigWriter() {}

  /** The YAML text, keys in the order of the records' components; nulls are left out. */
  public static String toYaml(Record config) {
    YAMLFactory factory =
        YAMLFactory.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
            .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
            .build();
    try {
      return new YAMLMapper(factory).writeValueAsString(tree(config));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree of plain values can't fail to be written", e);
    }
  }

  private static Map<String, Object> tree(Record record) {
    Map<String, Object> tree = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      put(tree, Names.snake(component.getName()), RecordValues.get(component, record));
    }
    return tree;
  }

  private static void put(Map<String, Object> tree, String key, Object value) {
    if (value != null) {
      tree.put(key, SECRET.matcher(key).matches() ? MASK : plain(value));
    }
  }

  private static Object plain(Object value) {
    if (value instanceof Record record) {
      return tree(record);
    }
    if (value instanceof Map<?, ?> map) {
      Map<String, Object> tree = new LinkedHashMap<>();
      map.forEach((key, item) -> put(tree, (String) plain(key), item));
      return tree;
    }
    if (value instanceof Collection<?> list) {
      return list.stream().map(ConfigWriter::plain).toList();
    }
    if (value instanceof Enum<?> constant) {
      return Checks.label(constant);
    }
    return value instanceof String text ? USER_INFO.matcher(text).replaceAll(MASK) : value;
  }
}
