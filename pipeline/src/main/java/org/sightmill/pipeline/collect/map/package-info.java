/**
 * The map language of the generic reader: JSON paths, and text templates with fallbacks, conditions
 * and loops over a record. Internal; start at {@link
 * org.sightmill.pipeline.collect.map.Expression}.
 */
package org.sightmill.pipeline.collect.map;
