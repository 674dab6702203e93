/**
 * What calls may cost, and permission to make them. A call reserves the most that it can cost
 * before it starts and settles what it did cost afterwards. Start at {@link
 * org.sightmill.pipeline.teacher.spend.Spending}. Knows nothing of Spark: who grants is handed in.
 */
package org.sightmill.pipeline.teacher.spend;
