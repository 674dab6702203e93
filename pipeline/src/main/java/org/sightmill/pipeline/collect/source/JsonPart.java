package org.sightmill.pipeline.collect.source;

import java.io.Serializable;

/**
 * A part of a JSON file that is read on its own.
 *
 * @param file its URI
 * @param start the place of its first byte
 * @param end the place behind its last; a record that begins in it is read beyond
 * @param first whether it begins behind the bracket that opens the records
 * @param depth brackets that are open at its start, within the records' own
 * @param state what its start is in
 * @param recordsBefore records whose separator lies before it, without the one that it begins in
 * @param keyed whether the records are an object's values
 */
record JsonPart(
    String file,
    long start,
    long end,
    boolean first,
    int depth,
    JsonState state,
    long recordsBefore,
    boolean keyed)
    implements Serializable {}
