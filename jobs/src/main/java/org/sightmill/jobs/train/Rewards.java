package org.sightmill.jobs.train;

import java.util.ArrayList;
import java.util.List;
import org.sightmill.jobs.config.RewardSection;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.Teachers;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.grpo.GuardedRewarder;
import org.sightmill.trainer.grpo.Rewarder;
import org.sightmill.trainer.reward.MixedReward;

/** Rewards by configuration. */
final class Rewards {
  private Rewards() {}

  /** What keeps these rewards from being computed, found without asking anybody. */
  static List<String> problems(RewardSection section) {
    List<String> problems = new ArrayList<>();
    try {
      MixedReward.withoutScorer(section.mix(), MixedReward.installed()).close();
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
    if (section.scorer() != null) {
      scorer(section.scorer()).forEach(found -> problems.add("reward.scorer." + found));
    }
    return problems;
  }

  private static List<String> scorer(TeacherConfig config) {
    List<String> problems = new ArrayList<>();
    if (config.budgetUsd() != null) {
      problems.add("budget_usd is kept by the steps of a run, not by training");
    }
    if (config.provider().equals(TeacherConfig.BUILTIN)) {
      problems.add(
          "provider must not be builtin: it measures similarity to the reference, which no answer exceeds;"
              + " leave reward.scorer out to earn that similarity");
      return problems;
    }
    try {
      problems.addAll(Teachers.named(config.provider()).problems(Role.SCORER, config));
    } catch (InvalidConfigException e) {
      problems.addAll(e.problems());
    }
    return problems;
  }

  /**
   * The rewards as a worker computes them, with the functions of its class path; to be closed.
   *
   * @param folder where the scorer's replies are kept
   */
  static Rewarder open(RewardSection section, PictureSource pictures, String folder) {
    MixedReward mixed =
        section.scorer() == null
            ? MixedReward.withoutScorer(section.mix(), MixedReward.installed())
            : MixedReward.with(
                section.mix(),
                new EndpointScorer(section.scorer(), pictures, folder),
                MixedReward.installed());
    return new GuardedRewarder(mixed, section.scorerFailure());
  }
}
