/**
 * Calling OpenAI-compatible servers: request forms, endpoints with flow control and health,
 * retries, and the order of log, permit and call. Internal but for {@link
 * org.sightmill.pipeline.teacher.openai.OpenAiTeacher}, which a service loader finds; start reading
 * at {@code OpenAiClient} and {@code Asking}.
 */
package org.sightmill.pipeline.teacher.openai;
