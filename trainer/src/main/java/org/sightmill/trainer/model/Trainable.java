package org.sightmill.trainer.model;

import ai.djl.ndarray.NDArray;
import java.util.List;

/**
 * A tensor that trains.
 *
 * @param pieces the checkpoint tensors that it is made of, one below the other
 * @param compute the tensor that gets the gradient
 * @param master the tensor that the optimizer changes, in 32 bits
 */
public record Trainable(List<ParameterSpec.Piece> pieces, NDArray compute, NDArray master) {

  /** Copies the list. */
  public Trainable {
    pieces = List.copyOf(pieces);
  }
}
