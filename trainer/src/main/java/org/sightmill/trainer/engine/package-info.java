/**
 * The only package that imports {@code ai.djl.pytorch}: TorchScript modules that Java writes and
 * calls, tensor scopes, element types, and the engine's known traps, each with its reason. Start at
 * {@link org.sightmill.trainer.engine.Scope} and {@link org.sightmill.trainer.engine.Script}.
 */
package org.sightmill.trainer.engine;
