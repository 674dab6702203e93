/**
 * Seeded, index-addressable visual questions of five families, one for each answer type, and of two
 * simpler ones for very small models, with pictures, true captions and worked rationales. Start at
 * {@link org.sightmill.pipeline.collect.source.procedural.ProceduralSource}.
 *
 * <p>Labels (everything but the picture) come from integer hashing and plain double arithmetic, and
 * are the same on every machine. Pixels come from Java2D and are the same on every machine with the
 * same JDK build. No font engine is used: text is drawn from outlines shipped in the jar.
 */
package org.sightmill.pipeline.collect.source.procedural;
