package org.sightmill.trainer.engine;

/** How a script call treats gradients, whatever the calling thread's own grad mode is. */
public enum Mode {
  /** Results carry the graph back to every argument that requires a gradient. */
  GRADIENT,
  /** Results carry no graph, but may be arguments of gradient calls. */
  VALUE,
  /** Fastest; results may only be arguments of further inference calls, or be read. */
  INFERENCE
}
