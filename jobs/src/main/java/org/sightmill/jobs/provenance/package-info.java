/** What a run leaves behind about itself in {@code _run/}. Internal. */
package org.sightmill.jobs.provenance;
