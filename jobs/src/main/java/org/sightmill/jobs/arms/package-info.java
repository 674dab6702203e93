/** The arms of a comparison: what is taken, what is trained and in which order. Internal. */
package org.sightmill.jobs.arms;
