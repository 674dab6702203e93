/**
 * Quality of a set of rows as a whole: which rows differ from one another. The only package that
 * uses MLlib. Start at {@link org.sightmill.pipeline.quality.DiverseSelection}.
 */
package org.sightmill.pipeline.quality;
