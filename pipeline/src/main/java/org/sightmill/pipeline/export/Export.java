package org.sightmill.pipeline.export;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.prompt.PolicyPrompt;
import org.sightmill.pipeline.schema.Boundary;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.DataFile;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.StepInputException;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepReport;

/**
 * Writes the data set of a finished run for another trainer. The run is only read; the output
 * folder's card is written last, so that a folder with a card is whole. Lives on the driver.
 */
public final class Export {
  private final SparkSession spark;
  private final RunStore store;
  private final ExportConfig config;
  private final PolicyPrompt prompt;

  /** An export of {@code store}'s run; {@code prompt} is how questions are put. */
  public Export(SparkSession spark, RunStore store, ExportConfig config, PolicyPrompt prompt) {
    this.spark = spark;
    this.store = store;
    this.config = config;
    this.prompt = prompt;
  }

  /**
   * Writes every subset.
   *
   * @throws StepInputException when curate has not committed
   * @throws InvalidConfigException when the output folder is not empty and must be kept
   */
  public ExportReport run() {
    StepReport curated = curated();
    Path output = new Path(config.output());
    makeRoom(output);
    SortedMap<String, Long> rows = new TreeMap<>();
    SortedMap<String, Long> withheld = new TreeMap<>();
    List<String> files = new ArrayList<>();
    Map<String, SourceCounts> sources = new TreeMap<>();
    for (Subset subset : config.subsets()) {
      spark.sparkContext().setJobGroup("export", "export: " + subset.label(), true);
      Dataset<Row> all = rows(curated, subset);
      withheld(all).forEach((license, count) -> withheld.merge(license, count, Long::sum));
      Dataset<Row> let = let(all);
      files.addAll(write(let, curated, subset, output));
      SourceCounts counts = SourceCounts.of(let);
      sources.put(subset.label(), counts);
      rows.put(subset.label(), counts.rows());
    }
    ExportReport report = new ExportReport(rows, withheld, files);
    RunHistory history = RunHistory.of(store, hadoop());
    new ExportCard(config, store.layout(), curated, history, prompt, report, sources, schemas())
        .write(output, hadoop());
    LocalChecksums.deleteUnder(output, hadoop());
    return report;
  }

  private StepReport curated() {
    return store
        .report(StepName.CURATE)
        .orElseThrow(
            () ->
                new StepInputException(
                    "export needs the output of curate, and %s is not there: run 'sightmill build'"
                        .formatted(store.layout().report(StepName.CURATE))));
  }

  private void makeRoom(Path output) {
    try {
      FileSystem fileSystem = output.getFileSystem(hadoop());
      if (!fileSystem.exists(output) || fileSystem.listStatus(output).length == 0) {
        return;
      }
      if (config.existing() == ExportConfig.Existing.KEEP) {
        throw new InvalidConfigException(
            List.of(
                "output: %s is not empty, name another folder or replace it".formatted(output)));
      }
      fileSystem.delete(output, true);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare output " + output, e);
    }
  }

  private Dataset<Row> rows(StepReport curated, Subset subset) {
    return store.rows(spark, curated.only(file -> file.path().startsWith(subset.label() + "/")));
  }

  private Dataset<Row> let(Dataset<Row> rows) {
    return config.licenses() == ExportConfig.Licenses.ALL
        ? rows
        : rows.filter(functions.not(terms().equalTo(LicenseTerms.NON_COMMERCIAL.name())));
  }

  private SortedMap<String, Long> withheld(Dataset<Row> rows) {
    SortedMap<String, Long> counts = new TreeMap<>();
    if (config.licenses() == ExportConfig.Licenses.COMMERCIAL) {
      rows.filter(terms().equalTo(LicenseTerms.NON_COMMERCIAL.name()))
          .groupBy("license")
          .count()
          .collectAsList()
          .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    }
    return counts;
  }

  private static Column terms() {
    UDF1<String, String> terms = license -> LicenseTerms.of(license).name();
    return functions.udf(terms, DataTypes.StringType).apply(col("license"));
  }

  private List<String> write(Dataset<Row> rows, StepReport curated, Subset subset, Path output) {
    if (config.format() == ExportFormat.VLAA) {
      return new VlaaFolder(output, store.layout().folder(), hadoop()).write(rows, subset);
    }
    long bytes =
        curated.files().stream()
            .filter(file -> file.path().startsWith(subset.label() + "/"))
            .mapToLong(DataFile::bytes)
            .sum();
    int shards = (int) Math.max(1, (bytes + config.shardBytes() - 1) / config.shardBytes());
    return new Shards(output, hadoop()).write(shaped(rows, subset), subset.label(), shards);
  }

  private Dataset<Row> shaped(Dataset<Row> rows, Subset subset) {
    return RowForms.of(config.format(), subset)
        .map(form -> form.of(rows, new Question(prompt)))
        .orElse(rows);
  }

  private Map<String, StructType> schemas() {
    Map<String, StructType> schemas = new TreeMap<>();
    for (Subset subset : config.subsets()) {
      schemas.put(
          subset.label(),
          RowForms.of(config.format(), subset)
              .map(RowForm::schema)
              .orElseGet(() -> Schemas.of(Boundary.CURATE)));
    }
    return schemas;
  }

  private Configuration hadoop() {
    return spark.sparkContext().hadoopConfiguration();
  }
}
