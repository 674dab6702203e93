/**
 * The row logic of {@code sightmill grade}: one JSON line in, one JSON line out. Start at {@link
 * org.sightmill.jobs.grade.GradeLine}.
 */
package org.sightmill.jobs.grade;
