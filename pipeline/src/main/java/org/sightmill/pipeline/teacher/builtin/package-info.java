/**
 * The offline default: plays every role with what the row itself brings and with rules. Internal;
 * reached by its name through {@link org.sightmill.pipeline.teacher.Teachers}.
 */
package org.sightmill.pipeline.teacher.builtin;
