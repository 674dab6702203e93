/** Fixtures in the forms that the paper's sources are distributed in. */
package org.sightmill.pipeline.official;
