/** One main with subcommands. Internal. */
package org.sightmill.jobs.cli;
