/**
 * Where data comes from. {@link org.sightmill.pipeline.collect.source.SourceReader} is the
 * extension point: a reader turns one distribution into raw records, which collect checks and
 * normalises.
 */
package org.sightmill.pipeline.collect.source;
