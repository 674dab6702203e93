package org.sightmill.jobs.eval;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.sightmill.jobs.spark.HadoopSettings;
import org.sightmill.trainer.distributed.ModelPath;
import org.sightmill.trainer.eval.Answerer;
import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.ModelAnswerer;

/**
 * A model that executors load themselves.
 *
 * @param model Hugging Face layout, with tokenizer
 */
public record ModelSource(ModelPath model, Decoding decoding) implements AnswererSource {
  /** The model at a path, a folder of every node or any Hadoop URI. Called on the driver. */
  public static ModelSource of(String path, Decoding decoding) {
    try {
      return new ModelSource(ModelPath.of(path, HadoopSettings.fromProperties()), decoding);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the model " + path, e);
    }
  }

  @Override
  public Answerer open(int device) {
    try {
      return ModelAnswerer.open(model.here(HadoopSettings.fromProperties()), decoding, device);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot fetch the model " + model, e);
    }
  }
}
