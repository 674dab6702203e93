import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.pipeline.sample.AnswerType;
import org.sightmill.pipeline.sample.Choices;
import org.sightmill.trainer.reward.MixedReward;
import org.sightmill.trainer.reward.RewardRequest;
import org.sightmill.trainer.reward.RewardSettings;

/**
 * Processor time of the mixed reward for 512 completions of some 300 words, of all five answer
 * types, half of them right: the first time in a cold JVM, and the best of twenty. A step's share
 * is this by the step's own time; {@code timing_s/reward} in metrics.jsonl says it of a run.
 */
public final class ScoringShare {
  private static final int COMPLETIONS = 512;

  private ScoringShare() {}

  public static void main(String[] arguments) {
    List<RewardRequest> requests = requests();
    MixedReward reward = MixedReward.withoutScorer(RewardSettings.DEFAULT, List.of());
    double first = milliseconds(reward, requests);
    double best = first;
    for (int i = 1; i < 20; i++) {
      best = Math.min(best, milliseconds(reward, requests));
    }
    System.out.printf("%d completions: first %.0f ms, best %.0f ms%n", COMPLETIONS, first, best);
  }

  private static double milliseconds(MixedReward reward, List<RewardRequest> requests) {
    long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    double sum = reward.rewards(requests).stream().mapToDouble(r -> r.total()).sum();
    if (!(sum > 0)) {
      throw new IllegalStateException("no completion was right");
    }
    return (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1e6;
  }

  private static List<RewardRequest> requests() {
    Choices choices = new Choices(List.of("a red cube", "a blue ball", "nothing"));
    List<RewardRequest> requests = new ArrayList<>();
    for (int i = 0; i < COMPLETIONS; i++) {
      boolean right = i % 2 == 0;
      requests.add(
          switch (i / 2 % 5) {
            case 0 -> request(i, AnswerType.DIGIT, "17", null, right ? "17" : "18");
            case 1 -> request(i, AnswerType.CHOICE, "B", choices, right ? "(B)" : "a red cube");
            case 2 ->
                request(
                    i,
                    AnswerType.MATH,
                    "\\frac{\\sqrt{2}}{2}+x^2",
                    null,
                    right ? "$x^2 + \\frac{1}{\\sqrt{2}}$" : "$x^2 - \\frac{1}{2}$");
            case 3 ->
                request(
                    i,
                    AnswerType.BOX,
                    "[0.1, 0.2, 0.5, 0.6]",
                    null,
                    right ? "[0.1, 0.2, 0.5, 0.59]" : "[0.7, 0.7, 0.9, 0.9]");
            default ->
                request(
                    i,
                    AnswerType.OPEN,
                    "A cat sleeps on the mat.",
                    null,
                    right ? "A cat is sleeping on a mat." : "Two dogs run.");
          });
    }
    return requests;
  }

  private static RewardRequest request(
      int number, AnswerType type, String gold, Choices choices, String answer) {
    String thought = "Wait, let me look at the picture again, number " + number + ". ";
    String completion =
        "<think>%s</think> <answer>%s</answer>".formatted(thought.repeat(30), answer);
    return new RewardRequest("s" + number, type, "What?", null, gold, choices, completion, 400);
  }
}
