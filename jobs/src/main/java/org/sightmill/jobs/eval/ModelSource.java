package org.sightmill.jobs.eval;

import java.nio.file.Path;
import org.sightmill.trainer.eval.Answerer;
import org.sightmill.trainer.eval.Decoding;
import org.sightmill.trainer.eval.ModelAnswerer;

/**
 * A model in a folder that every node has.
 *
 * @param folder Hugging Face layout, with tokenizer
 */
public record ModelSource(String folder, Decoding decoding) implements AnswererSource {
  @Override
  public Answerer open(int device) {
    return ModelAnswerer.open(Path.of(folder), decoding, device);
  }
}
