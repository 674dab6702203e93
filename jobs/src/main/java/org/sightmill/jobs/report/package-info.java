/** What people read about a run: counts, reasons, Table 1, a few rows. Internal. */
package org.sightmill.jobs.report;
