/**
 * Safetensors in and out: single files and shards, memory-mapped, with every defect of a folder
 * named in one error before any tensor is read. Start at {@link
 * org.sightmill.trainer.checkpoint.Checkpoint}.
 */
package org.sightmill.trainer.checkpoint;
