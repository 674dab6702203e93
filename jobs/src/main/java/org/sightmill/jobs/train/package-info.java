/**
 * Training, put together: rows to samples, pictures, the run's record. Start at {@link
 * org.sightmill.jobs.train.TrainingRun}. Internal.
 */
package org.sightmill.jobs.train;
