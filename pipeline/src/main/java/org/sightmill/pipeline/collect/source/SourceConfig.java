package org.sightmill.pipeline.collect.source;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.sightmill.pipeline.check.Checks;
import org.sightmill.pipeline.collect.map.Expression;
import org.sightmill.pipeline.sample.AnswerType;

/**
 * One source.
 *
 * @param name letters, digits, {@code _ . -}; starts every sample id
 * @param reader a {@link SourceReader#name}; null = {@value #DEFAULT_READER}
 * @param path file, folder or glob, any Hadoop URI; null only for readers that make their data
 * @param images folder that image paths are relative to; null = the folder of each data file
 * @param imageNames further names to try below {@code images}, with {@code {path}} (the reference,
 *     no leading slash), {@code {flat}} (its slashes made dashes), {@code {first}} (its first
 *     folder), {@code {base}} (file name), {@code {stem}}, {@code {ext}} and {@code {id}}
 * @param map expression by field, see {@link Expression}; a field that is not given is the record's
 *     field of the same name, and the empty text switches a field off
 * @param cut regular expression by field: the text becomes the last match's first group; text
 *     without a match stays whole
 * @param answerType {@code auto} or a label of {@link AnswerType} for every row; null = auto: the
 *     record's own label where it is known, else decided from choices and answer
 * @param answerAs null = {@link AnswerAs#AUTO}
 * @param box null = corners in pixels
 * @param limit at most so many records, by file and place; null = all
 * @param options settings of the reader by name
 */
public record SourceConfig(
    String name,
    String reader,
    String path,
    String images,
    List<String> imageNames,
    SortedMap<String, String> map,
    SortedMap<String, String> cut,
    String answerType,
    AnswerAs answerAs,
    BoxConfig box,
    Long limit,
    SortedMap<String, String> options)
    implements Serializable {
  /** The reader that is used when none is named. */
  public static final String DEFAULT_READER = "generic";

  /** The answer type that leaves the decision to each row. */
  public static final String AUTO = "auto";

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]*");

  /** Fills in the defaults and checks every value. */
  public SourceConfig {
    reader = reader == null ? DEFAULT_READER : reader;
    imageNames = imageNames == null ? List.of() : List.copyOf(imageNames);
    map = copy(map);
    cut = copy(cut);
    answerType = answerType == null ? AUTO : answerType;
    answerAs = answerAs == null ? AnswerAs.AUTO : answerAs;
    box = box == null ? BoxConfig.defaults() : box;
    options = copy(options);
    Checks checks =
        new Checks()
            .that(
                name != null && NAME.matcher(name).matches(),
                "name must hold letters, digits, '_', '.' and '-' but was '%s'".formatted(name))
            .that(path == null || !path.isBlank(), "path must not be blank")
            .that(
                answerType.equals(AUTO) || AnswerType.fromLabel(answerType).isPresent(),
                "answer_type must be auto, digit, choice, math, box or open but was '%s'"
                    .formatted(answerType));
    if (limit != null) {
      checks.atLeast(1, "limit", limit);
    }
    checkMap(checks, map);
    checkCut(checks, cut);
    checks.orThrow();
  }

  /** A source with a name, a reader and a path, everything else at its default. */
  public static SourceConfig of(String name, String reader, String path) {
    return new SourceConfig(
        name, reader, path, null, null, null, null, null, null, null, null, null);
  }

  /** This source with its pictures in another folder. */
  public SourceConfig withImages(String folder) {
    return new SourceConfig(
        name,
        reader,
        path,
        folder,
        imageNames,
        map,
        cut,
        answerType,
        answerAs,
        box,
        limit,
        options);
  }

  /** This source with other settings of its reader. */
  SourceConfig withOptions(SortedMap<String, String> others) {
    return new SourceConfig(
        name, reader, path, images, imageNames, map, cut, answerType, answerAs, box, limit, others);
  }

  private static SortedMap<String, String> copy(Map<String, String> given) {
    return given == null ? new TreeMap<>() : new TreeMap<>(given);
  }

  private static void checkMap(Checks checks, Map<String, String> map) {
    map.forEach(
        (field, expression) -> {
          checkField(checks, "map", field);
          try {
            Expression.parse(expression == null ? "" : expression);
          } catch (IllegalArgumentException e) {
            checks.that(false, "map.%s: %s".formatted(field, e.getMessage()));
          }
        });
  }

  private static void checkCut(Checks checks, Map<String, String> cut) {
    cut.forEach(
        (field, regex) -> {
          checkField(checks, "cut", field);
          try {
            Pattern.compile(regex);
          } catch (PatternSyntaxException e) {
            checks.that(
                false, "cut.%s is not a regular expression: %s".formatted(field, e.getMessage()));
          }
        });
  }

  private static void checkField(Checks checks, String key, String field) {
    checks.that(
        RecordMapper.FIELDS.contains(field),
        "%s.%s is unknown; fields are %s"
            .formatted(key, field, String.join(", ", RecordMapper.FIELDS)));
  }
}
