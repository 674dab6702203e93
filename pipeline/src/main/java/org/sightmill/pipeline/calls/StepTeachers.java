package org.sightmill.pipeline.calls;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherConfig;

/**
 * Whom a step may call, the one that most of its rows are for first. All are called by the same
 * settings. Sent to executors.
 */
record StepTeachers(List<TeacherBinding> all) implements Serializable {

  /** Checks that there is one, that roles differ and settings do not. */
  StepTeachers {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("a calling step needs a teacher");
    }
    if (all.stream().map(TeacherBinding::role).distinct().count() < all.size()) {
      throw new IllegalArgumentException("a role is played twice in " + label(all));
    }
    if (all.stream().map(TeacherBinding::settings).distinct().count() > 1) {
      throw new IllegalArgumentException("teachers of one step with different call settings");
    }
  }

  static StepTeachers of(TeacherBinding first, TeacherBinding... others) {
    List<TeacherBinding> all = new ArrayList<>(List.of(first));
    all.addAll(Arrays.asList(others));
    return new StepTeachers(all);
  }

  /** The one who plays {@code role}. */
  TeacherBinding of(Role role) {
    return all.stream()
        .filter(teacher -> teacher.role() == role)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the step asks the %s, and its teachers are %s"
                        .formatted(role.label(), label())));
  }

  CallSettings settings() {
    return all.get(0).settings();
  }

  /** Whether each answers within the process. */
  boolean areBuiltin() {
    return all.stream().allMatch(one -> one.config().provider().equals(TeacherConfig.BUILTIN));
  }

  /** Those whose calls cost money. */
  List<TeacherBinding> priced() {
    return all.stream().filter(teacher -> !teacher.config().prices().areFree()).toList();
  }

  /** The caps of all that cost money, together; null when one has none. */
  Double budgetUsd() {
    List<Double> caps = priced().stream().map(teacher -> teacher.config().budgetUsd()).toList();
    return caps.isEmpty() || caps.stream().anyMatch(Objects::isNull)
        ? null
        : (Double) caps.stream().mapToDouble(Double::doubleValue).sum();
  }

  /** The roles whose calls cost money, for people. */
  String pricedLabel() {
    return label(priced());
  }

  /** The roles, for people. */
  String label() {
    return label(all);
  }

  private static String label(List<TeacherBinding> teachers) {
    return teachers.stream()
        .map(teacher -> teacher.role().label())
        .collect(Collectors.joining(" and "));
  }
}
