package org.sightmill.pipeline.reject;

import static org.sightmill.pipeline.reject.RejectClass.FAULT;
import static org.sightmill.pipeline.reject.RejectClass.FILTERED;
import static org.sightmill.pipeline.reject.RejectClass.UNSELECTED;
import static org.sightmill.pipeline.reject.RejectClass.UNSERVED;

/**
 * The closed set of reasons. A constant's name is the code in Parquet and reports: scripts rely on
 * it, so a constant is never renamed.
 */
public enum RejectReason {
  /** A line or array element is not JSON, or a table row does not fit its header. */
  RECORD_UNREADABLE(FAULT, "record is not readable in its format"),
  /** Bytes are not UTF-8. */
  RECORD_NOT_UTF8(FAULT, "record is not UTF-8"),
  /** One field is longer than the configured limit. */
  FIELD_TOO_LONG(FAULT, "field is longer than allowed"),
  /** A mapped field is absent or empty. */
  FIELD_MISSING(FAULT, "mapped field is missing"),
  /** A mapped field has a type that can't be used. */
  FIELD_WRONG_TYPE(FAULT, "mapped field has the wrong type"),
  /** The question is empty. */
  QUESTION_EMPTY(FAULT, "question is empty"),
  /** The gold answer is empty. */
  ANSWER_EMPTY(FAULT, "answer is empty"),
  /** The gold answer names no option, or more than one. */
  ANSWER_NOT_IN_CHOICES(FAULT, "answer is not one of the choices"),
  /** The options are not a list of texts, or too many. */
  CHOICES_INVALID(FAULT, "choices are not usable"),
  /** The gold answer does not have the declared type. */
  ANSWER_TYPE_MISMATCH(FAULT, "answer does not have the declared type"),
  /** The box is not four numbers with x1 < x2 and y1 < y2. */
  BOX_INVALID(FAULT, "box is not four numbers in order"),
  /** The box lies outside its image. */
  BOX_OUTSIDE_IMAGE(FAULT, "box lies outside the image"),
  /** No file at any of the places tried. */
  IMAGE_MISSING(FAULT, "image file is missing"),
  /** Zero bytes. */
  IMAGE_EMPTY(FAULT, "image file is empty"),
  /** The header is sound but the end is not there. */
  IMAGE_TRUNCATED(FAULT, "image is cut off"),
  /** No known image header. */
  IMAGE_NOT_AN_IMAGE(FAULT, "file is not an image"),
  /** A known format that can't be used. */
  IMAGE_UNSUPPORTED(FAULT, "image format is not supported"),
  /** More pixels or bytes than allowed. */
  IMAGE_TOO_LARGE(FAULT, "image is larger than allowed"),
  /** Full decoding was asked for and failed. */
  IMAGE_UNDECODABLE(FAULT, "image does not decode"),
  /** The same id came before, with the same record: an exact repetition. */
  RECORD_DUPLICATE(FILTERED, "record repeats an earlier one"),

  /** No caption, no context, and no captioner that serves this row. */
  CAPTIONER_UNSERVED(UNSERVED, "no captioner serves this row"),
  /** The gold holds only a part of what is asked for, and no repairer serves this row. */
  REPAIRER_UNSERVED(UNSERVED, "no repairer serves this row"),
  /** No rationale, and no reasoner that serves this row. */
  REASONER_UNSERVED(UNSERVED, "no reasoner serves this row"),
  /** No rewriter serves this row. */
  REWRITER_UNSERVED(UNSERVED, "no rewriter serves this row"),
  /** No rule applies, and no judge serves this row. */
  JUDGE_UNSERVED(UNSERVED, "no judge serves this row"),
  /** A teacher's final failure, after its retries. */
  TEACHER_FAILED(FAULT, "teacher failed"),
  /** The run serves from the response log alone, and it does not hold this answer. */
  RESPONSE_NOT_LOGGED(UNSERVED, "response log does not hold the answer"),
  /** A teacher's reply is empty. */
  REPLY_EMPTY(FAULT, "teacher's reply is empty"),
  /** No think part in the reasoner's reply. */
  THINK_MISSING(FAULT, "reply has no think part"),
  /** The think part is opened and not closed: most often cut off by a token limit. */
  THINK_UNCLOSED(FAULT, "think part is not closed"),
  /** Nothing after the think part. */
  REPLY_ANSWER_MISSING(FAULT, "reply has no answer after the think part"),
  /** The rewrite changed the length by more words than allowed (paper: 15). */
  WORD_DELTA_EXCEEDED(FILTERED, "rewrite changed more words than allowed"),

  /** The verifier or judge finds another answer than the gold one. */
  ANSWER_DIFFERENT(FILTERED, "answer differs from the gold answer"),
  /** No answer could be extracted from the response. */
  ANSWER_UNPARSED(FILTERED, "no answer could be extracted"),
  /** The comparison has no defined result. */
  ANSWER_UNDEFINED(FILTERED, "comparison is undefined"),
  /** The comparison needs more work than the verifier allows itself. */
  ANSWER_BUDGET(FILTERED, "comparison exceeds the verifier's budget"),
  /** The judge's reply is neither yes nor no. */
  JUDGE_REPLY_UNPARSED(FAULT, "judge's reply is neither yes nor no"),

  /** The per-source cap of the split is reached. */
  SOURCE_CAP(UNSELECTED, "source's cap is reached"),
  /** The image is in the RL split already. */
  IMAGE_IN_RL(UNSELECTED, "image is in the RL split"),
  /** A source that only the RL split takes, and the row has no cue or place there. */
  SOURCE_RL_ONLY(UNSELECTED, "source feeds the RL split alone"),
  /** The joined value (perplexity, pass rate) is outside the configured range or rank. */
  VALUE_OUTSIDE_RANGE(UNSELECTED, "joined value is outside the configured range"),

  /** A text has fewer or more words than configured. */
  TEXT_LENGTH(FILTERED, "text is shorter or longer than configured"),
  /** The question is in a language that is not wanted. */
  TEXT_LANGUAGE(FILTERED, "question is in another language"),
  /** The question is one of a benchmark's, by its words. */
  BENCHMARK_QUESTION(FILTERED, "question is a benchmark's"),
  /** The picture is one of a benchmark's, by its looks. */
  BENCHMARK_IMAGE(FILTERED, "picture is a benchmark's"),
  /** The picture looks like that of other rows. */
  IMAGE_DUPLICATE(FILTERED, "picture looks like another"),
  /** The same question of the same picture. */
  QUESTION_DUPLICATE(FILTERED, "question repeats another of its picture"),
  /** Nearly the same question of the same picture. */
  QUESTION_NEAR_DUPLICATE(FILTERED, "question nearly repeats another of its picture"),
  /** The split has enough rows of this kind. */
  BALANCE(UNSELECTED, "split has enough rows of this kind"),

  /** The source marks answers in its text, and this text has no mark. */
  ANSWER_NOT_MARKED(FAULT, "no answer stands where the source marks it"),
  /**
   * The gold holds only a part, such as a function's coefficients, and what the repairer says is
   * not it.
   */
  ANSWER_INCOMPLETE(FAULT, "answer holds a part of what is asked for"),
  /** The source itself says that its picture does not answer the question. */
  ANSWER_UNANSWERABLE(FILTERED, "the source calls the question unanswerable"),
  /** No answer was given by two annotators. */
  ANSWER_DISPUTED(FILTERED, "annotators do not agree on an answer"),
  /** A record's other half, in another file of the source, is not there. */
  PARTNER_MISSING(FAULT, "the record's other half is missing");

  private final RejectClass rejectClass;
  private final String sentence;

  RejectReason(RejectClass rejectClass, String sentence) {
    this.rejectClass = rejectClass;
    this.sentence = sentence;
  }

  /** The stable code, as in the {@code code} column. */
  public String code() {
    return name();
  }

  /** The class this reason belongs to. */
  public RejectClass rejectClass() {
    return rejectClass;
  }

  /** What it means, for people. */
  public String sentence() {
    return sentence;
  }
}
