/** Sessions, reachability of paths, and progress for people who watch. Internal. */
package org.sightmill.jobs.spark;
