package org.sightmill.trainer.model;

/**
 * A Qwen2.5-VL model's configuration.
 *
 * @param tied whether the output projection is the embedding
 */
public record QwenConfig(
    TextConfig text,
    VisionConfig vision,
    int imageToken,
    int videoToken,
    int visionStartToken,
    int visionEndToken,
    boolean tied) {}
