package org.sightmill.jobs.train;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.sightmill.jobs.config.DataSection;
import org.sightmill.jobs.config.ProceduralSection;
import org.sightmill.pipeline.collect.source.procedural.ProceduralLabel;
import org.sightmill.pipeline.collect.source.procedural.ProceduralSource;
import org.sightmill.trainer.data.PictureSource;
import org.sightmill.trainer.data.VisualSample;

/** Generated rows; pictures are painted when they are asked for. */
final class ProceduralSamples {
  private ProceduralSamples() {}

  static TrainingSamples of(DataSection data, long seed) {
    ProceduralSection section = data.procedural();
    ProceduralSource source = new ProceduralSource(section.generator());
    List<VisualSample> samples = new ArrayList<>();
    for (long row = 0; row < section.rows(); row++) {
      samples.add(sample(source, row, section));
    }
    return TrainingSamples.split(
        samples, data.heldOut(), seed, new Painter(section), TrainingSamples.LeftOut.NONE);
  }

  private static VisualSample sample(ProceduralSource source, long row, ProceduralSection section) {
    ProceduralLabel label = source.label(row);
    return new VisualSample(
        label.id(),
        Long.toString(row),
        label.question(),
        label.choices() == null ? List.of() : label.choices().options(),
        label.answer(),
        label.answerType(),
        section.isGlance(row)
            ? reply(ProceduralSection.GLANCE, source.glanced(row))
            : reply(section.thinking(label), label.answer()));
  }

  private static String reply(String thinking, String answer) {
    return "<think>%s</think><answer>%s</answer>".formatted(thinking, answer);
  }

  /** Paints row by row index, on any machine. */
  private record Painter(ProceduralSection section) implements PictureSource {
    private static final long serialVersionUID = 1L;

    @Override
    public byte[] read(String row) throws IOException {
      return new ProceduralSource(section.generator()).item(Long.parseLong(row)).png();
    }
  }
}
