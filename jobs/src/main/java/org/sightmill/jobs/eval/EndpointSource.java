package org.sightmill.jobs.eval;

import java.util.List;
import java.util.Optional;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.PictureConfig;
import org.sightmill.pipeline.teacher.SamplingConfig;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.trainer.eval.Answerer;
import org.sightmill.trainer.eval.Decoding;

/**
 * A model behind OpenAI-compatible endpoints, through the pipeline's own client.
 *
 * @param config where the model is served, and how it is asked
 * @param folder Hadoop URI below which its pictures lie while it is asked, and its log of replies
 */
record EndpointSource(TeacherConfig config, String folder) implements AnswererSource {

  /**
   * The source of a model.
   *
   * @param model as the server names it
   * @param decoding its preset's pixel limit is kept here: larger pictures are scaled before they
   *     are sent. The least pixels and the longest prompt are the server's matter
   */
  static EndpointSource of(
      String model, List<EndpointConfig> endpoints, Decoding decoding, String folder) {
    return new EndpointSource(
        new TeacherConfig(
            TeacherConfig.OPENAI,
            model,
            new java.util.TreeMap<>(),
            null,
            null,
            null,
            endpoints,
            sampling(decoding),
            new PictureConfig(Math.toIntExact(decoding.preset().maxPixels()), null),
            null,
            null,
            null,
            null),
        folder);
  }

  private static SamplingConfig sampling(Decoding decoding) {
    Optional<Long> seed =
        decoding.temperature() == 0 ? Optional.empty() : Optional.of(decoding.seed());
    return new SamplingConfig(
        decoding.temperature(), 1.0, decoding.newTokens(), seed.orElse(null), null, null, null);
  }

  @Override
  public Answerer open(int device) {
    return new EndpointAnswerer(config, folder);
  }
}
