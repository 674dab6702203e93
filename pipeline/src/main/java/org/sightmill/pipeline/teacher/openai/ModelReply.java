package org.sightmill.pipeline.teacher.openai;

/**
 * What a server answered.
 *
 * @param reasoning a separate reasoning field, or null
 * @param finishReason as the server names it, or null
 */
record ModelReply(String text, String reasoning, String finishReason, Usage usage) {}
