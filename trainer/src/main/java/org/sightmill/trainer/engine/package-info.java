/**
 * The only package that imports {@code ai.djl.pytorch}: operators, dtypes, scopes and the engine's
 * known traps.
 */
package org.sightmill.trainer.engine;
