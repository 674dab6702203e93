package org.sightmill.pipeline.export;

import static org.apache.spark.sql.RowFactory.create;

import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * What a row is to each consumer. Columns and keys are those that its loader reads; pictures are
 * embedded as {@code struct<bytes,path>}, the one form that all of them take.
 */
final class RowForms {
  private static final RowForm TRL_SFT =
      new RowForm(
          "prompt " + Columns.MESSAGES + ", completion " + Columns.MESSAGES + Columns.REST,
          (row, question) ->
              create(
                  question.messages(question.text(row)).toArray(Row[]::new),
                  new Row[] {Question.message("assistant", row.response())},
                  Columns.images(row),
                  row.sampleId()));

  private static final RowForm TRL_RL =
      new RowForm(
          "prompt "
              + Columns.MESSAGES
              + ", solution string, answer_type string, choices array<string>"
              + Columns.REST,
          (row, question) ->
              create(
                  question.messages(question.text(row)).toArray(Row[]::new),
                  row.answer(),
                  row.text("answer_type"),
                  Columns.array(row.choices()),
                  Columns.images(row),
                  row.sampleId()));

  private static final RowForm EASYR1_RL =
      new RowForm(
          "problem string, answer string" + Columns.REST,
          (row, question) ->
              create(
                  question.textWithPlace(row), row.answer(), Columns.images(row), row.sampleId()));

  private static final RowForm VERL_SFT =
      new RowForm(
          "messages " + Columns.MESSAGES + Columns.REST,
          (row, question) ->
              create(
                  question.conversation(row, question.textWithPlace(row)).toArray(Row[]::new),
                  Columns.images(row),
                  row.sampleId()));

  private static final RowForm VERL_RL =
      new RowForm(
          "data_source string, prompt "
              + Columns.MESSAGES
              + ", ability string, reward_model struct<style:string,ground_truth:string>"
              + ", extra_info struct<split:string,index:string,answer:string,question:string>"
              + Columns.REST,
          (row, question) ->
              create(
                  row.text("source"),
                  question.messages(question.textWithPlace(row)).toArray(Row[]::new),
                  row.text("answer_type"),
                  create("rule", row.answer()),
                  create("train", row.sampleId(), row.answer(), row.question()),
                  Columns.images(row),
                  row.sampleId()));

  private static final RowForm MS_SWIFT_SFT =
      new RowForm(
          "messages " + Columns.MESSAGES + Columns.REST,
          (row, question) ->
              create(
                  question.conversation(row, question.textWithPlace(row)).toArray(Row[]::new),
                  Columns.images(row),
                  row.sampleId()));

  private static final RowForm MS_SWIFT_RL =
      new RowForm(
          "messages " + Columns.MESSAGES + ", solution string, answer_type string" + Columns.REST,
          (row, question) ->
              create(
                  question.messages(question.textWithPlace(row)).toArray(Row[]::new),
                  row.answer(),
                  row.text("answer_type"),
                  Columns.images(row),
                  row.sampleId()));

  private static final RowForm LLAMA_FACTORY_SFT =
      new RowForm(
          "conversations array<struct<`from`:string,value:string>>, system string" + Columns.REST,
          (row, question) ->
              create(
                  new Row[] {
                    create("human", question.textWithPlace(row)), create("gpt", row.response())
                  },
                  question.system(),
                  Columns.images(row),
                  row.sampleId()));

  private RowForms() {}

  /** Empty where a format keeps every column, or is no table. */
  static Optional<RowForm> of(ExportFormat format, Subset subset) {
    return Optional.ofNullable(subset == Subset.RL ? reinforced(format) : supervised(format));
  }

  private static RowForm supervised(ExportFormat format) {
    return switch (format) {
      case TRL -> TRL_SFT;
      case VERL -> VERL_SFT;
      case MS_SWIFT -> MS_SWIFT_SFT;
      case LLAMA_FACTORY -> LLAMA_FACTORY_SFT;
      default -> null;
    };
  }

  private static RowForm reinforced(ExportFormat format) {
    return switch (format) {
      case TRL -> TRL_RL;
      case EASYR1 -> EASYR1_RL;
      case VERL -> VERL_RL;
      case MS_SWIFT -> MS_SWIFT_RL;
      default -> null;
    };
  }

  /** What several forms share. */
  private static final class Columns {
    static final String MESSAGES = "array<struct<role:string,content:string>>";

    /** Pictures, and the id, by which a row is found again in the run with its provenance. */
    static final String REST = ", images array<struct<bytes:binary,path:string>>, sample_id string";

    static Row[] images(CuratedRow row) {
      return row.images().toArray(Row[]::new);
    }

    static String[] array(List<String> texts) {
      return texts == null ? null : texts.toArray(String[]::new);
    }
  }
}
