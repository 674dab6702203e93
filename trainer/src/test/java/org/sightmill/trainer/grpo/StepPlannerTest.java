package org.sightmill.trainer.grpo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StepPlannerTest {
  @Test
  void aPlanDependsOnSeedAndPositionAlone() {
    List<GroupPlan> atOnce = new StepPlanner(7, 10, 4).groups(0, 25);
    StepPlanner later = new StepPlanner(7, 10, 4);
    for (int position : new int[] {24, 3, 11}) {
      GroupPlan again = later.groups(position, 1).get(0);
      assertThat(again.sampleIndex()).isEqualTo(atOnce.get(position).sampleIndex());
      assertThat(again.seeds()).isEqualTo(atOnce.get(position).seeds());
    }
    assertThat(new StepPlanner(8, 10, 4).groups(0, 1).get(0).seeds())
        .isNotEqualTo(atOnce.get(0).seeds());
  }

  @Test
  void everyPassTakesEverySampleOnceInItsOwnOrder() {
    List<GroupPlan> plans = new StepPlanner(1, 50, 2).groups(0, 100);
    List<Integer> first = plans.subList(0, 50).stream().map(GroupPlan::sampleIndex).toList();
    List<Integer> second = plans.subList(50, 100).stream().map(GroupPlan::sampleIndex).toList();
    assertThat(new HashSet<>(first)).hasSize(50);
    assertThat(new HashSet<>(second)).hasSize(50);
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void noTwoCompletionsShareASeed() {
    Set<Long> seeds = new HashSet<>();
    for (GroupPlan plan : new StepPlanner(1, 30, 8).groups(0, 500)) {
      for (long seed : plan.seeds()) {
        assertThat(seeds.add(seed)).isTrue();
      }
    }
  }

  @Test
  void refusesADataSetWithoutSamples() {
    assertThatThrownBy(() -> new StepPlanner(1, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no sample to train on");
  }
}
