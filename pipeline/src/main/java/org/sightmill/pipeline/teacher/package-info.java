/**
 * Calling models in five roles. A {@link org.sightmill.pipeline.teacher.Teacher} gets a filled
 * prompt and the row, and returns raw text for the same parser, whether it is an endpoint, a plugin
 * or the offline default. Start at {@link org.sightmill.pipeline.teacher.Teachers}; to write one,
 * at {@link org.sightmill.pipeline.teacher.Teacher}.
 */
package org.sightmill.pipeline.teacher;
