package org.sightmill.pipeline.calls;

import java.util.List;

/** Asks about every row but those whose question is {@code settled}; keeps the reply as caption. */
final class AskAll implements RowLogic {
  private static final long serialVersionUID = 1L;

  private final TeacherBinding teacher;

  AskAll(TeacherBinding teacher) {
    this.teacher = teacher;
  }

  @Override
  public List<String> columns() {
    return List.of("caption");
  }

  @Override
  public RowPlan plan(SampleRow row) {
    if ("settled".equals(row.text("question"))) {
      return new RowPlan.Settled(RowChange.none());
    }
    return new RowPlan.Ask(
        teacher.request(row.forTeacher()), reply -> RowChange.set(reply.text()), null);
  }
}
