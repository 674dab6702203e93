/** Checks of configuration values that report every problem of a record at once. */
package org.sightmill.pipeline.check;
