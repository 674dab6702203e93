package org.sightmill.pipeline.collect;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.collect.image.ImageStore;
import org.sightmill.pipeline.collect.pack.PackedPictures;
import org.sightmill.pipeline.collect.pack.Packs;
import org.sightmill.pipeline.collect.source.RawSchema;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.schema.Schemas;
import org.sightmill.pipeline.step.Fingerprint;
import org.sightmill.pipeline.step.Outcome;
import org.sightmill.pipeline.step.RunStore;
import org.sightmill.pipeline.step.Step;
import org.sightmill.pipeline.step.StepName;
import org.sightmill.pipeline.step.StepOutput;
import org.sightmill.pipeline.step.StepReport;

/**
 * Step 1 (paper, section 3): every source to one schema. Pictures are checked and stored once,
 * under their hash; gold answers are normalised; ids are made unique. A record that can't be used
 * is a row of the side table, never an exception.
 */
public final class CollectStep implements Step {
  /** Raised whenever the same input would give another output. */
  static final int LOGIC_VERSION = 4;

  private final SparkSession spark;
  private final RunStore store;
  private final CollectConfig config;
  private final SourceReaders readers;
  private final SourceFolders folders;

  /**
   * A step that is ready to run.
   *
   * @throws InvalidConfigException when a source names no known reader, or its reader can't use it
   */
  public CollectStep(
      SparkSession spark, RunStore store, CollectConfig config, SourceReaders readers) {
    this.spark = spark;
    this.store = store;
    this.config = config;
    this.readers = readers;
    this.folders = new SourceFolders(spark.sparkContext().hadoopConfiguration());
    List<String> problems = new ArrayList<>();
    for (SourceConfig source : config.sources()) {
      readers
          .problems(source)
          .forEach(problem -> problems.add("sources.%s.%s".formatted(source.name(), problem)));
    }
    if (!problems.isEmpty()) {
      throw new InvalidConfigException(problems);
    }
  }

  @Override
  public StepName name() {
    return StepName.COLLECT;
  }

  /**
   * {@inheritDoc}
   *
   * @throws InvalidConfigException naming every source whose files or folder are not there
   */
  @Override
  public Fingerprint fingerprint() {
    return Fingerprint.builder(name(), LOGIC_VERSION, Schemas.VERSION)
        .config(config)
        .json("inputs", new InputListing(spark, readers).of(config.sources()))
        .build();
  }

  @Override
  public StepReport run() {
    Fingerprint fingerprint = fingerprint();
    StepOutput output =
        StepOutput.begin(
            spark, store, name(), "collect: records and pictures of " + names(config.sources()));
    Path images = store.layout().images();
    Map<String, PackedPictures> packs =
        new Packs(context(), config.maxImageBytes())
            .laidOut(folders.of(completed()), store.layout().packs());
    Dataset<Row> staged = output.stage(processed(raw(), Optional.of(images.toString()), packs));
    Dataset<Row> resolved = Duplicates.resolved(staged);
    output.write(resolved.filter(col(Outcome.CODE).isNull()));
    return output.commit(resolved, fingerprint, Map.of());
  }

  /**
   * The first {@code rows} records of each source as they would be collected, with the columns of
   * {@link Outcome}; nothing is written, and repetitions are not looked for.
   */
  public List<Row> preview(int rows) {
    fingerprint();
    Map<String, List<FileStatus>> packs = folders.of(completed());
    List<Row> shown = new ArrayList<>();
    for (SourceConfig source : completed()) {
      List<Row> first = read(source).limit(rows).collectAsList();
      Map<String, PackedPictures> pictures = new TreeMap<>();
      if (packs.containsKey(source.name())) {
        pictures.put(
            source.name(),
            new Packs(context(), config.maxImageBytes())
                .search(packs.get(source.name()), ImageNames.candidates(first, source)));
      }
      Dataset<Row> records = spark.createDataFrame(first, RawSchema.TYPE);
      shown.addAll(processed(records, Optional.empty(), pictures).collectAsList());
    }
    return shown;
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** The sources with what their readers know of them. */
  private List<SourceConfig> completed() {
    return config.sources().stream().map(source -> readers.of(source).completed(source)).toList();
  }

  private Dataset<Row> read(SourceConfig source) {
    return RawSchema.completed(readers.of(source).read(spark, source));
  }

  private Dataset<Row> raw() {
    Dataset<Row> all = null;
    for (SourceConfig source : config.sources()) {
      Dataset<Row> rows = limited(read(source), source);
      all = all == null ? rows : all.union(rows);
    }
    return all;
  }

  /** The first records by file and place: a plain limit would depend on partitioning. */
  private static Dataset<Row> limited(Dataset<Row> rows, SourceConfig source) {
    if (source.limit() == null) {
      return rows;
    }
    List<Row> first =
        rows.select(RawSchema.FILE, RawSchema.NUMBER)
            .orderBy(RawSchema.FILE, RawSchema.NUMBER)
            .limit(Math.toIntExact(source.limit()))
            .orderBy(col(RawSchema.FILE).desc(), col(RawSchema.NUMBER).desc())
            .limit(1)
            .collectAsList();
    if (first.isEmpty()) {
      return rows;
    }
    String file = first.get(0).getString(0);
    long number = first.get(0).getLong(1);
    return rows.filter(
        col(RawSchema.FILE)
            .lt(file)
            .or(col(RawSchema.FILE).equalTo(file).and(col(RawSchema.NUMBER).leq(number))));
  }

  private Dataset<Row> processed(
      Dataset<Row> raw, Optional<String> imageFolder, Map<String, PackedPictures> packs) {
    Process process =
        new Process(
            config.with(folders.withFolders(completed())),
            imageFolder.orElse(null),
            new TreeMap<>(packs),
            new SerializableConfiguration(spark.sparkContext().hadoopConfiguration()));
    return raw.mapPartitions(process, Encoders.row(StagedSchema.TYPE));
  }

  private static String names(List<SourceConfig> sources) {
    return String.join(", ", sources.stream().map(SourceConfig::name).toList());
  }

  /** What is sent to the executors. */
  private record Process(
      CollectConfig config,
      String imageFolder,
      TreeMap<String, PackedPictures> packs,
      SerializableConfiguration hadoop)
      implements MapPartitionsFunction<Row, Row> {

    @Override
    public Iterator<Row> call(Iterator<Row> raw) {
      RecordProcessor processor = processor();
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return raw.hasNext();
        }

        @Override
        public Row next() {
          return processor.process(raw.next());
        }
      };
    }

    private RecordProcessor processor() {
      Map<String, SourceConfig> sources = new TreeMap<>();
      config.sources().forEach(source -> sources.put(source.name(), source));
      return new RecordProcessor(
          config,
          sources,
          new ImageBytes(hadoop.value(), config.maxImageBytes(), packs),
          imageStore());
    }

    private Optional<ImageStore> imageStore() {
      if (imageFolder == null) {
        return Optional.empty();
      }
      try {
        return Optional.of(new ImageStore(new Path(imageFolder), hadoop.value()));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot open image folder " + imageFolder, e);
      }
    }
  }
}
