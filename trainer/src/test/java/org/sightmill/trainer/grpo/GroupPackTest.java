package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.sightmill.trainer.generate.StopReason;
import org.sightmill.trainer.model.Prompt;

class GroupPackTest {
  private static final Prompt PROMPT = new Prompt(new int[] {1, 2}, List.of());

  @Test
  void groupsAreCutInOrderIntoRunsThatFit() {
    List<TrainGroup> groups = List.of(group(2), group(2), group(3), group(9), group(1));
    assertThat(sizes(groups, 4)).containsExactly(List.of(2, 2), List.of(3), List.of(9), List.of(1));
    assertThat(sizes(groups, 1))
        .containsExactly(List.of(2), List.of(2), List.of(3), List.of(9), List.of(1));
    assertThat(sizes(groups, 17)).containsExactly(List.of(2, 2, 3, 9, 1));
    assertThat(GroupPack.cut(List.of(), 4)).isEmpty();
  }

  private static List<List<Integer>> sizes(List<TrainGroup> groups, int completions) {
    return GroupPack.cut(groups, completions).stream()
        .map(run -> run.stream().map(group -> group.rolled().rollouts().size()).toList())
        .toList();
  }

  @Test
  void completionsFollowGroupByGroup() {
    GroupPack pack = new GroupPack(List.of(PROMPT, PROMPT), List.of(group(1), group(2)));
    assertThat(pack.rollouts()).hasSize(3);
    assertThat(pack.owners()).containsExactly(0, 1, 1);
    assertThat(pack.advantages()).containsExactly(1, 1, 2);
    assertThat(pack.isScored()).isFalse();
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThatThrownBy(() -> new GroupPack(List.of(PROMPT), List.of(group(1), group(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("2 groups have 1 prompts");
    TrainGroup scored =
        new TrainGroup(group(1).rolled(), new double[1], new GroupScores(new float[1][1], null));
    assertThatThrownBy(() -> new GroupPack(List.of(PROMPT, PROMPT), List.of(scored, group(2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "1 of 2 groups have log-probabilities of before the first update: all or none must");
  }

  /** So many completions of a token, with advantages 1, 2 and so on. */
  private static TrainGroup group(int completions) {
    List<Rollout> rollouts = new ArrayList<>();
    double[] advantages = new double[completions];
    for (int i = 0; i < completions; i++) {
      rollouts.add(
          new Rollout(
              new int[] {1}, new float[] {-1}, StopReason.STOP_TOKEN, "", 0, Map.of(), "none"));
      advantages[i] = i + 1;
    }
    GroupTask task =
        new GroupTask(new GroupPlan(0, 0, new long[completions]), TinySetups.samples(1).get(0));
    return new TrainGroup(
        new GroupRollouts(task, rollouts, null, 0, "here", "cpu"), advantages, null);
  }
}
