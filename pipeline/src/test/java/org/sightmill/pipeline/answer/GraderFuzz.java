package org.sightmill.pipeline.answer;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;

/**
 * Throws hostile answers at the grader: mutations of the case files, nested and repeated pieces of
 * LaTeX, and noise. Run {@code main} with a duration in seconds and a seed; it prints what was
 * slow.
 */
public final class GraderFuzz {
  private static final List<String> PIECES =
      List.of(
          "\\frac{",
          "}{",
          "}",
          "{",
          "\\sqrt{",
          "\\sqrt[",
          "]",
          "[",
          "(",
          ")",
          "^{",
          "^",
          "_{",
          "_",
          "\\left",
          "\\right",
          "\\{",
          "\\}",
          "|",
          "\\|",
          "!",
          "%",
          "\\%",
          "$",
          "$$",
          "\\(",
          "\\)",
          "\\[",
          "\\]",
          "\\boxed{",
          "\\text{",
          "\\mathrm{",
          "\\begin{pmatrix}",
          "\\end{pmatrix}",
          "&",
          "\\\\",
          "\\pm",
          "\\mp",
          "\\cup",
          "\\cap",
          "\\infty",
          "\\pi",
          "e",
          "i",
          "x",
          "y",
          "n",
          "f(x)",
          "9^{9^{9^9}}",
          "10^{10^{10}}",
          "100000!",
          "1e999999",
          "1.5e9999",
          "7e-9000",
          "0.000000001",
          "1/0",
          "0/0",
          "-",
          "+",
          "*",
          "/",
          "=",
          "<",
          ">",
          "\\le",
          "\\ge",
          "\\neq",
          "\\in",
          ",",
          ";",
          " and ",
          " or ",
          ":",
          ".",
          "...",
          "the answer is ",
          "Answer: ",
          "\\sum_{k=1}^{",
          "\\prod_{n=1}^{1000}",
          "\\int_0^1",
          "\\lim_{x\\to 0}",
          "\\sin",
          "\\cos^{-1}",
          "\\log_",
          "\\ln",
          "\\binom{",
          "\\gcd(",
          "\\det",
          "cm",
          " km/h",
          "°",
          "√",
          "²",
          "½",
          "π",
          "≤",
          "∪",
          "（",
          "Ｂ",
          "\u0000",
          "\ufeff",
          "\ud83d",
          "<think>",
          "</think>",
          "<answer>",
          "</answer>",
          "(A)",
          "A or B",
          "option C",
          "D: 27°",
          "[0.1, 0.2, 0.7, 0.5]",
          "<box>",
          "{\"bbox_2d\":",
          "\\operatorname{lcm}",
          "1,234",
          "12,5",
          "3\\frac{1}{2}",
          "a_{",
          "\\overline{3}",
          "\\bar{",
          "\\vec{",
          "x^{x^{x}}",
          "(x+1)^{1000}",
          "\\lfloor",
          "\\rfloor",
          "\\tan(90^\\circ)",
          "\\ln(0)",
          "(-1)^{1/2}",
          "0^0",
          "0^{-1}");

  private static final long MINUTE = 60_000_000_000L;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Random random;
  private final List<String> corpus = new ArrayList<>();

  GraderFuzz(long seed) {
    random = new Random(seed);
    for (String file : List.of("numeric", "math_verify", "math_equiv_other", "mcq", "robustness")) {
      JsonLines.resource("answers/" + file + "_cases.jsonl")
          .forEach(row -> corpus.add(row.get("pred").asText()));
    }
    JsonLines.table("answers/own_math.tsv").forEach(row -> corpus.add(row[0]));
  }

  /** The next hostile request. */
  GradeRequest next() {
    AnswerType[] types = AnswerType.values();
    AnswerType type = random.nextInt(3) > 0 ? AnswerType.MATH : types[random.nextInt(types.length)];
    Choices choices =
        random.nextBoolean() ? new Choices(List.of("1", "x+1", "10 cm", "red")) : null;
    Scope scope = random.nextInt(4) == 0 ? Scope.COMPLETION : Scope.ANSWER;
    String gold = random.nextInt(3) == 0 ? text() : corpus.get(random.nextInt(corpus.size()));
    return new GradeRequest(type, gold, text(), choices, scope);
  }

  private String text() {
    return switch (random.nextInt(6)) {
      case 0 -> soup(random.nextInt(40));
      case 1 -> nested();
      case 2 -> repeated();
      case 3 -> noise();
      default -> mutated();
    };
  }

  private String piece() {
    return PIECES.get(random.nextInt(PIECES.size()));
  }

  private String soup(int pieces) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < pieces; i++) {
      text.append(random.nextInt(3) == 0 ? String.valueOf(random.nextInt(1_000)) : piece());
    }
    return text.toString();
  }

  private String nested() {
    int depth = 1 << random.nextInt(9);
    String open = piece();
    String close = random.nextBoolean() ? "}" : piece();
    return open.repeat(depth) + soup(3) + close.repeat(depth);
  }

  private String repeated() {
    String unit = soup(1 + random.nextInt(4));
    // Up to what is parsed as a formula in most cases, else up to the longest that is looked at.
    int longest = random.nextInt(4) > 0 ? 4_000 : 200_000;
    return unit.isEmpty() ? unit : unit.repeat(1 + random.nextInt(longest) / unit.length());
  }

  private String noise() {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(300);
    for (int i = 0; i < length; i++) {
      text.append((char) random.nextInt(random.nextInt(5) == 0 ? 65_536 : 127));
    }
    return text.toString();
  }

  private String mutated() {
    StringBuilder text = new StringBuilder(corpus.get(random.nextInt(corpus.size())));
    for (int i = random.nextInt(5); i >= 0; i--) {
      int at = text.isEmpty() ? 0 : random.nextInt(text.length());
      switch (random.nextInt(4)) {
        case 0 -> text.insert(at, piece());
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(4)));
        case 2 -> text.insert(at, text.substring(at, Math.min(text.length(), at + 50)));
        default -> text.append(corpus.get(random.nextInt(corpus.size())));
      }
    }
    return text.toString();
  }

  /**
   * Runs for {@code args[0]} seconds with the seed {@code args[1]}; prints inputs that took over
   * 100 ms of processor time, and every minute what was seen so far.
   */
  public static void main(String[] args) {
    long begin = System.nanoTime();
    long end = begin + Long.parseLong(args[0]) * 1_000_000_000L;
    GraderFuzz fuzz = new GraderFuzz(Long.parseLong(args[1]));
    Tally tally = new Tally();
    long report = begin + MINUTE;
    while (System.nanoTime() < end) {
      tally.grade(fuzz.next());
      if (System.nanoTime() > report) {
        tally.print(System.nanoTime() - begin);
        report += MINUTE;
      }
    }
    tally.print(System.nanoTime() - begin);
  }

  /** What a run has seen, in milliseconds of processor and wall time. */
  private static final class Tally {
    private final Grader grader = Grader.standard();
    private final int threadsBefore = THREADS.getThreadCount();
    private long runs;
    private long slow;
    private double worst;
    private double worstWall;

    void grade(GradeRequest request) {
      long wall = System.nanoTime();
      long start = THREADS.getCurrentThreadCpuTime();
      GraderFuzz.grade(grader, request);
      double millis = (THREADS.getCurrentThreadCpuTime() - start) / 1e6;
      worstWall = Math.max(worstWall, (System.nanoTime() - wall) / 1e6);
      worst = Math.max(worst, millis);
      runs++;
      if (millis > 100) {
        slow++;
        System.out.printf(Locale.ROOT, "%.0f ms: %s%n", millis, shorten(request));
      }
    }

    void print(long nanos) {
      System.out.printf(
          Locale.ROOT,
          "%d s: %d inputs, %d over 100 ms, worst %.0f ms of processor and %.0f ms of wall time,"
              + " %d threads more than before%n",
          nanos / 1_000_000_000L,
          runs,
          slow,
          worst,
          worstWall,
          THREADS.getThreadCount() - threadsBefore);
    }
  }

  private static void grade(Grader grader, GradeRequest request) {
    try {
      grader.grade(request);
    } catch (RuntimeException | StackOverflowError e) {
      throw new IllegalStateException(request.toString(), e);
    }
  }

  private static String shorten(GradeRequest request) {
    String text = request.toString();
    return text.length() > 600 ? text.substring(0, 600) + " ... " + text.length() : text;
  }
}
