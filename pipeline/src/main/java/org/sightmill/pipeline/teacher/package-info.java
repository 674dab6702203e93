/**
 * Calling models in five roles. A {@link org.sightmill.pipeline.teacher.Teacher} gets a filled
 * prompt and the row, and returns raw text for the same parser, whether it is an endpoint, a plugin
 * or the offline default.
 */
package org.sightmill.pipeline.teacher;
