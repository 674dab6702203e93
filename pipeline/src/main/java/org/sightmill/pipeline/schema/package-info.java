/**
 * The Parquet contract of each boundary: columns and types as text in {@code conf/schema}, checked
 * when writing and when reading. Start at {@link org.sightmill.pipeline.schema.Schemas}.
 */
package org.sightmill.pipeline.schema;
