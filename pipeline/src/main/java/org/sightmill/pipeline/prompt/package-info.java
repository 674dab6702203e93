/**
 * Prompts as text files: loading, filling and hashing. Start at {@link
 * org.sightmill.pipeline.prompt.Prompts}.
 */
package org.sightmill.pipeline.prompt;
