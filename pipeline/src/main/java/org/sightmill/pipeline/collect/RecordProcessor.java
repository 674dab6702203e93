package org.sightmill.pipeline.collect;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.sightmill.pipeline.collect.image.ImageFault;
import org.sightmill.pipeline.collect.image.ImageStore;
import org.sightmill.pipeline.collect.image.PictureCheck;
import org.sightmill.pipeline.collect.source.AnswerAs;
import org.sightmill.pipeline.collect.source.BoxConfig;
import org.sightmill.pipeline.collect.source.RawSchema;
import org.sightmill.pipeline.collect.source.SourceConfig;
import org.sightmill.pipeline.reject.Reject;
import org.sightmill.pipeline.reject.RejectReason;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * One raw record to one row: checked, normalised, its picture stored; or a row with its reason.
 * Lives on an executor, one for each task.
 */
final class RecordProcessor {
  private static final Pattern IMAGE_TAG =
      Pattern.compile("^\\s*<image\\d*>\\s*|\\s*<image\\d*>\\s*$");

  /** Says in {@code caption_origin} that the source vouches for the caption. */
  static final String CAPTION_FROM_SOURCE = "source";

  private final CollectConfig config;
  private final Map<String, SourceConfig> sources;
  private final ImageBytes images;
  private final PictureCheck check;
  private final Optional<ImageStore> store;

  /**
   * @param store empty = check pictures and leave them where they are
   */
  RecordProcessor(
      CollectConfig config,
      Map<String, SourceConfig> sources,
      ImageBytes images,
      Optional<ImageStore> store) {
    this.config = config;
    this.sources = sources;
    this.images = images;
    this.check = new PictureCheck(config.maxImagePixels(), config.decode());
    this.store = store;
  }

  Row process(Row raw) {
    RawRecord record = new RawRecord(raw);
    StagedRow row = new StagedRow();
    row.set("source", record.source());
    try {
      record.requireSound();
      row.set("sample_id", sampleId(record));
      requireShortFields(record);
      fill(row, record);
      row.set(StagedSchema.DIGEST, row.digest());
      row.set("origin", Optional.ofNullable(record.text(RawSchema.ORIGIN)).orElse(place(record)));
    } catch (RowFault e) {
      row.outcome(placed(e.reject(), record));
    } catch (ImageFault e) {
      row.outcome(placed(e.reject(), record));
    }
    if (record.id() != null) {
      row.set("sample_id", sampleId(record));
    }
    return row.set(StagedSchema.FILE, record.file())
        .set(StagedSchema.NUMBER, record.number())
        .toRow();
  }

  /** File name and place: where a person finds the record. */
  private static String place(RawRecord record) {
    String file = record.file();
    return file.substring(file.lastIndexOf('/') + 1) + ":" + record.number();
  }

  private static Reject placed(Reject reject, RawRecord record) {
    return new Reject(reject.reason(), place(record) + ": " + reject.detail());
  }

  /** {@code <source>-<id>}, or the id alone where it begins with the source's name. */
  static String sampleId(RawRecord record) {
    String source = record.source();
    if (record.id() == null) {
      String file = place(record).replaceFirst("\\.[^.:]*:", "-");
      return source + "-" + file;
    }
    String id = record.id().strip();
    boolean named =
        id.startsWith(source)
            && (id.length() == source.length()
                || !Character.isLetterOrDigit(id.charAt(source.length())));
    return named ? id : source + "-" + id;
  }

  private void requireShortFields(RawRecord record) throws RowFault {
    for (String column : RawSchema.texts()) {
      String text = record.text(column);
      if (text != null && !column.equals(RawSchema.IMAGE)) {
        requireShort(column, text);
      }
    }
    if (record.choices() != null) {
      for (String choice : record.choices()) {
        requireShort(RawSchema.CHOICES, choice);
      }
    }
  }

  private void requireShort(String column, String text) throws RowFault {
    if (text.length() > config.maxFieldChars()) {
      throw new RowFault(
          RejectReason.FIELD_TOO_LONG,
          "%s has %d characters, and max_field_chars is %d"
              .formatted(column, text.length(), config.maxFieldChars()));
    }
  }

  private void fill(StagedRow row, RawRecord record) throws RowFault, ImageFault {
    SourceConfig source = sources.get(record.source());
    List<String> choices = choices(record);
    Gold gold =
        Gold.of(required(record), declaredType(record, source), choices, answerAs(record, source));
    row.set("question", question(record))
        .set("choices", choices)
        .set("answer_type", gold.type().label());
    for (String column : List.of("context", "rationale", "license", "meta")) {
      row.set(column, record.text(column));
    }
    setCaption(row, record);
    setReply(row, record);
    PictureCheck.Picture picture = check.check(images.fetch(record, source));
    setPicture(row, picture);
    row.set("answer", answer(gold, box(record, source), picture));
    row.set("provenance", List.of());
  }

  private static String question(RawRecord record) throws RowFault {
    String text = record.text(RawSchema.QUESTION);
    String question = text == null ? "" : IMAGE_TAG.matcher(text).replaceAll("").strip();
    if (question.isEmpty()) {
      throw new RowFault(RejectReason.QUESTION_EMPTY, "question has no text");
    }
    return question;
  }

  private static String required(RawRecord record) throws RowFault {
    String answer = record.text(RawSchema.ANSWER);
    if (answer == null) {
      throw new RowFault(RejectReason.ANSWER_EMPTY, "answer has no text");
    }
    return answer;
  }

  private static List<String> choices(RawRecord record) throws RowFault {
    List<String> choices = record.choices();
    if (choices == null) {
      return null;
    }
    if (choices.size() > Choices.MAX_OPTIONS) {
      throw new RowFault(
          RejectReason.CHOICES_INVALID,
          "%d choices, and there are letters for %d"
              .formatted(choices.size(), Choices.MAX_OPTIONS));
    }
    return LetterGold.withoutPrefixes(choices);
  }

  private static Optional<AnswerType> declaredType(RawRecord record, SourceConfig source) {
    if (!source.answerType().equals(SourceConfig.AUTO)) {
      return AnswerType.fromLabel(source.answerType());
    }
    String label = record.text(RawSchema.ANSWER_TYPE);
    return label == null ? Optional.empty() : AnswerType.fromLabel(label);
  }

  private static void setCaption(StagedRow row, RawRecord record) {
    String caption = record.text(RawSchema.CAPTION);
    if (caption != null) {
      row.set("caption", caption).set("caption_origin", CAPTION_FROM_SOURCE);
    }
  }

  private static void setReply(StagedRow row, RawRecord record) throws RowFault {
    String completion = record.text(RawSchema.COMPLETION);
    if (completion == null) {
      row.set("reasoning_raw", record.text(RawSchema.REASONING));
      row.set("answer_raw", record.text(RawSchema.REPLY));
    } else {
      Completion parts = Completion.split(completion);
      row.set("reasoning_raw", parts.reasoning()).set("answer_raw", parts.answer());
    }
  }

  private void setPicture(StagedRow row, PictureCheck.Picture picture) {
    String sha256 = ImageStore.sha256(picture.bytes());
    row.set("image_sha256", sha256)
        .set("image_path", "images/" + stored(sha256, picture))
        .set("width", picture.header().width())
        .set("height", picture.header().height());
  }

  private String stored(String sha256, PictureCheck.Picture picture) {
    if (store.isEmpty()) {
      return ImageStore.relativePath(sha256, picture.header().format());
    }
    try {
      return store.get().put(sha256, picture.header().format(), picture.bytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot store picture " + sha256, e);
    }
  }

  private static AnswerAs answerAs(RawRecord record, SourceConfig source) {
    String label = record.text(RawSchema.ANSWER_AS);
    return label == null ? source.answerAs() : AnswerAs.valueOf(label.toUpperCase(Locale.ROOT));
  }

  private static BoxConfig box(RawRecord record, SourceConfig source) {
    String label = record.text(RawSchema.BOX_SCALE);
    return label == null
        ? source.box()
        : new BoxConfig(
            source.box().order(), BoxConfig.Scale.valueOf(label.toUpperCase(Locale.ROOT)));
  }

  private static String answer(Gold gold, BoxConfig box, PictureCheck.Picture picture)
      throws RowFault {
    if (gold.type() != AnswerType.BOX) {
      return gold.text();
    }
    return GoldBox.fractions(gold.text(), box, picture.header().width(), picture.header().height());
  }
}
