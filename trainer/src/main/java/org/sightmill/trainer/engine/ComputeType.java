package org.sightmill.trainer.engine;

/** Element types that weights and activations are computed in. */
public enum ComputeType {
  /** 32-bit floats throughout. */
  FLOAT32(6, 4),
  /** Matrix products in bfloat16; residual stream, norms, softmax and logits in 32 bits. */
  BFLOAT16(15, 2);

  private final int torchCode;
  private final int bytes;

  ComputeType(int torchCode, int bytes) {
    this.torchCode = torchCode;
    this.bytes = bytes;
  }

  /** PyTorch's number for the type, as scripts write it. */
  public int torchCode() {
    return torchCode;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }
}
