/**
 * The data set of a finished run in the layouts that other trainers read, with a data set card.
 * Reads {@code 6-curate}; writes folders of its own, never into the run.
 */
package org.sightmill.pipeline.export;
