package org.sightmill.pipeline.collect.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.sightmill.pipeline.check.InvalidConfigException;

/**
 * A reader of one official distribution: the generic reader's formats and map, over files with
 * official names, with a pure function for what that source's records need. {@code path} is the
 * folder that the distribution unpacks to, or one of its files. Keys of {@code map}, {@code cut},
 * {@code image_names} and {@code images} win over the layout's; the record as the source writes it
 * is {@code $._source} there.
 */
abstract class OfficialReader implements SourceReader {
  private static final Pattern DATA_FILE =
      Pattern.compile(".*\\.(?:json|jsonl|ndjson|parquet)(?:\\.gz|\\.bz2|\\.zst)?");
  private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

  /** What is the same for every record. */
  abstract Layout layout();

  /** What a record becomes. */
  abstract RecordForm form(Map<String, String> options);

  /** Official names of the data files, the preferred first: {@code *} stands for any characters. */
  abstract List<String> files(Map<String, String> options);

  /** Files whose records are joined to these. */
  Optional<Partner> partner(Map<String, String> options) {
    return Optional.empty();
  }

  @Override
  public final String name() {
    return layout().name();
  }

  @Override
  public final List<String> problems(SourceConfig config) {
    List<String> problems = new ArrayList<>(SourceReader.super.problems(config));
    Map<String, List<String>> known = layout().options();
    config
        .options()
        .forEach(
            (option, value) -> {
              if (!known.containsKey(option)) {
                String there = known.isEmpty() ? "there are none" : "there is " + known.keySet();
                problems.add("options.%s is unknown; %s".formatted(option, there));
              } else if (!known.get(option).contains(value)) {
                problems.add(
                    "options.%s must be one of %s but was '%s'"
                        .formatted(option, String.join(", ", known.get(option)), value));
              }
            });
    return problems;
  }

  @Override
  public final List<String> inputProblems(SourceConfig config, Configuration hadoop)
      throws IOException {
    List<String> problems = new ArrayList<>();
    Map<String, String> options = options(config);
    if (found(config, files(options), hadoop).isEmpty()) {
      problems.add(absent(config, files(options)));
    }
    Optional<Partner> partner = partner(options).filter(Partner::required);
    if (partner.isPresent() && found(config, partner.get().files(), hadoop).isEmpty()) {
      problems.add(absent(config, partner.get().files()));
    }
    return problems;
  }

  private String absent(SourceConfig config, List<String> files) {
    return "path: reader %s finds no file named %s below %s"
        .formatted(name(), String.join(" or ", files), config.path());
  }

  @Override
  public final SourceConfig completed(SourceConfig config) {
    Map<String, String> options = options(config);
    List<String> names = new ArrayList<>(config.imageNames());
    layout().imageNames().forEach(name -> names.add(filled(name, options)));
    SortedMap<String, String> map = new TreeMap<>(layout().map());
    map.putAll(config.map());
    return new SourceConfig(
        config.name(),
        config.reader(),
        config.path(),
        config.images() == null ? folder(config.path()) : config.images(),
        names.stream().distinct().toList(),
        map,
        config.cut(),
        config.answerType(),
        config.answerAs() == AnswerAs.AUTO ? layout().answerAs() : config.answerAs(),
        config.box(),
        config.limit(),
        config.options());
  }

  /** The distribution's folder; null for a glob, where pictures lie beside each data file. */
  private static String folder(String path) {
    if (path == null || GLOB.matcher(path).find()) {
      return null;
    }
    if (!DATA_FILE.matcher(path).matches()) {
      return path;
    }
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "." : path.substring(0, Math.max(1, slash));
  }

  @Override
  public final Dataset<Row> read(SparkSession spark, SourceConfig config) {
    Map<String, String> options = options(config);
    SourceConfig own = withRecords(completed(config), layout().records());
    Dataset<Row> rows =
        new FormatRows(spark, new Intake(own, form(options)))
            .of(foundBy(config, files(options), spark));
    Optional<Partner> partner = partner(options);
    return partner.isPresent() ? joined(rows, partner.get(), spark, config) : rows;
  }

  private static Dataset<Row> joined(
      Dataset<Row> rows, Partner partner, SparkSession spark, SourceConfig config) {
    List<FileStatus> files = foundBy(config, partner.files(), spark);
    if (files.isEmpty()) {
      return rows;
    }
    Intake intake = new Intake(partner.taken(config), partner.form());
    return partner.joined(rows, new FormatRows(spark, intake).of(files));
  }

  /** The formats know of no option but the field that holds the records. */
  private static SourceConfig withRecords(SourceConfig config, String records) {
    SortedMap<String, String> options = new TreeMap<>();
    if (records != null) {
      options.put(JsonFile.RECORDS, records);
    }
    return config.withOptions(options);
  }

  private static List<FileStatus> foundBy(
      SourceConfig config, List<String> names, SparkSession spark) {
    try {
      return found(config, names, spark.sparkContext().hadoopConfiguration());
    } catch (IOException e) {
      throw new InvalidConfigException(
          List.of("sources.%s.path: %s".formatted(config.name(), e.getMessage())));
    }
  }

  /** The files of the first name that any has; a path that is a file is taken whatever its name. */
  private static List<FileStatus> found(
      SourceConfig config, List<String> names, Configuration hadoop) throws IOException {
    List<FileStatus> all = InputFiles.list(config.path(), hadoop);
    for (String name : names) {
      Pattern pattern = pattern(name);
      List<FileStatus> named =
          all.stream()
              .filter(file -> pattern.matcher(file.getPath().toUri().getPath()).matches())
              .toList();
      if (!named.isEmpty()) {
        return named;
      }
    }
    return all.size() == 1 && DATA_FILE.matcher(all.get(0).getPath().getName()).matches()
        ? all
        : List.of();
  }

  private static Pattern pattern(String name) {
    String quoted = Pattern.quote(name).replace("*", "\\E[^/]*\\Q");
    return Pattern.compile("(?:.*/)?" + quoted + "(?:\\.gz|\\.bz2|\\.zst)?");
  }

  /** The options, each with a value: the first that it may have, unless another is given. */
  private Map<String, String> options(SourceConfig config) {
    Map<String, String> options = new TreeMap<>();
    layout().options().forEach((option, values) -> options.put(option, values.get(0)));
    options.putAll(config.options());
    return options;
  }

  static String filled(String name, Map<String, String> options) {
    String text = name;
    for (Map.Entry<String, String> option : options.entrySet()) {
      text = text.replace("{" + option.getKey() + "}", option.getValue());
    }
    return text;
  }
}
