package org.sightmill.pipeline.teacher;

/**
 * What a call was and what it cost; goes into the row's provenance.
 *
 * @param model as the provider names it
 * @param endpoint null when the teacher calls none
 * @param requestSha256 of what decides the reply; equal requests may share one reply
 * @param inputTokens null when the provider does not say; likewise the next two
 * @param latencyMs from asking to the whole reply, in milliseconds
 */
public record Receipt(
    String model,
    String endpoint,
    String requestSha256,
    Long inputTokens,
    Long outputTokens,
    Double costUsd,
    long latencyMs) {}
