package org.sightmill.pipeline.collect.source;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of a raw record, as readers give them to collect. All are nullable but {@link
 * #SOURCE}, {@link #FILE} and {@link #NUMBER}. Texts are as the source writes them: collect strips,
 * checks and normalises.
 */
public final class RawSchema {
  /** The source's configured name. */
  public static final String SOURCE = "source";

  /** Stands in {@link #FILE} before the number of a record's second and further questions. */
  static final String PART = "#";

  /**
   * The file the record came from, a full URI; image paths resolve beside it. Of a record with
   * several questions, those from the second on have their number behind a {@code #}.
   */
  public static final String FILE = "file";

  /** The record's place in its file, from 1: the line in line-based formats. */
  public static final String NUMBER = "number";

  /** The source's own id. */
  public static final String ID = "id";

  /** A path or file name, a {@code data:} URI, or base64 of the picture. */
  public static final String IMAGE = "image";

  /** The picture's bytes; then {@link #IMAGE} is a name for messages only. */
  public static final String IMAGE_BYTES = "image_bytes";

  public static final String QUESTION = "question";

  /** The options in order, an array of texts. */
  public static final String CHOICES = "choices";

  public static final String ANSWER = "answer";

  /** A label of {@link org.sightmill.pipeline.sample.AnswerType}; anything else means auto. */
  public static final String ANSWER_TYPE = "answer_type";

  /** A label of {@link AnswerAs} for this record; null = as configured. */
  public static final String ANSWER_AS = "answer_as";

  /** A label of {@link BoxConfig.Scale} for this record; null = as configured. */
  public static final String BOX_SCALE = "box_scale";

  /** What is known beside the picture: a scene description, a textual twin. */
  public static final String CONTEXT = "context";

  /** A worked solution. */
  public static final String RATIONALE = "rationale";

  /** A caption that the source vouches for. */
  public static final String CAPTION = "caption";

  /** A whole model reply, think part and answer; the row then enters behind distill. */
  public static final String COMPLETION = "completion";

  /** The think part of a reply, already separated. */
  public static final String REASONING = "reasoning_raw";

  /** The answer part of a reply, already separated. */
  public static final String REPLY = "answer_raw";

  public static final String LICENSE = "license";
  public static final String ORIGIN = "origin";

  /** Further fields as JSON text. */
  public static final String META = "meta";

  /** A reject reason's code, when the reader could not make a record of what it found. */
  public static final String FAULT_CODE = "fault_code";

  /** What was found instead. */
  public static final String FAULT_DETAIL = "fault_detail";

  private static final List<String> TEXTS =
      List.of(
          ID,
          IMAGE,
          QUESTION,
          ANSWER,
          ANSWER_TYPE,
          ANSWER_AS,
          BOX_SCALE,
          CONTEXT,
          RATIONALE,
          CAPTION,
          COMPLETION,
          REASONING,
          REPLY,
          LICENSE,
          ORIGIN,
          META);

  /** The schema; columns are found by name. */
  public static final StructType TYPE = type();

  private RawSchema() {}

  /** A reader's rows with exactly these columns: those it leaves out are null. */
  public static Dataset<Row> completed(Dataset<Row> rows) {
    List<String> present = List.of(rows.columns());
    Column[] columns =
        Stream.of(TYPE.fields())
            .map(
                field ->
                    (present.contains(field.name())
                            ? functions.col(field.name())
                            : functions.lit(null))
                        .cast(field.dataType())
                        .as(field.name()))
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  /** The text columns that hold what a record says. */
  public static List<String> texts() {
    return TEXTS;
  }

  private static StructType type() {
    StructType type =
        new StructType()
            .add(SOURCE, DataTypes.StringType)
            .add(FILE, DataTypes.StringType)
            .add(NUMBER, DataTypes.LongType)
            .add(IMAGE_BYTES, DataTypes.BinaryType)
            .add(CHOICES, DataTypes.createArrayType(DataTypes.StringType));
    for (String text : TEXTS) {
      type = type.add(text, DataTypes.StringType);
    }
    return type.add(FAULT_CODE, DataTypes.StringType).add(FAULT_DETAIL, DataTypes.StringType);
  }
}
