/**
 * The response log: every answer that was paid for, and every final failure, kept by what was asked
 * so that no run asks again. Start at {@link org.sightmill.pipeline.teacher.log.ResponseLog}. Knows
 * nothing of Spark.
 */
package org.sightmill.pipeline.teacher.log;
