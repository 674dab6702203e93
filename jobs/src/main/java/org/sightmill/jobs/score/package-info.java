/** Scoring as the command line has it: lines in, lines out. Internal to this module. */
package org.sightmill.jobs.score;
