package org.sightmill.pipeline.collect.source;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is the same for every record of an official distribution.
 *
 * @param name the reader's
 * @param records the field of a JSON file's root object that holds the records; null = the root
 * @param options the reader's options, each with the values it may have, its default first
 * @param imageNames where pictures may lie below the distribution's folder, as in {@link
 *     SourceConfig}; names of options in braces are their values
 * @param map expressions by field, where a form's own fields are not all
 * @param answerAs how golds name an option
 */
record Layout(
    String name,
    String records,
    Map<String, List<String>> options,
    List<String> imageNames,
    SortedMap<String, String> map,
    AnswerAs answerAs) {
  /** Which part of a distribution is read. */
  static final String SPLIT = "split";

  static final List<String> TRAIN_VAL_TEST = List.of("train", "val", "test");

  /**
   * Names of a split's Parquet files on the Hugging Face hub: in the configuration's folder, since
   * a repository holds others with the same file names beside it; else, where a person fetched that
   * folder's files alone, anywhere.
   */
  static List<String> hub(String configuration, String split) {
    String files = split + "-*.parquet";
    return List.of(configuration + "/" + files, files);
  }

  /** A layout without options or names of pictures, whose form says it all. */
  static Layout named(String name) {
    return new Layout(name, null, Map.of(), List.of(), new TreeMap<>(), AnswerAs.AUTO);
  }

  Layout recordsIn(String field) {
    return new Layout(name, field, options, imageNames, map, answerAs);
  }

  Layout option(String option, List<String> values) {
    Map<String, List<String>> more = new TreeMap<>(options);
    more.put(option, values);
    return new Layout(name, records, more, imageNames, map, answerAs);
  }

  Layout images(String... names) {
    return new Layout(name, records, options, List.of(names), map, answerAs);
  }

  /** The licence of records whose form names no other. */
  Layout license(String license) {
    return mapped(RawSchema.LICENSE, "{license|\"%s\"}".formatted(license));
  }

  Layout mapped(String field, String expression) {
    SortedMap<String, String> more = new TreeMap<>(map);
    more.put(field, expression);
    return new Layout(name, records, options, imageNames, more, answerAs);
  }

  Layout golds(AnswerAs form) {
    return new Layout(name, records, options, imageNames, map, form);
  }
}
