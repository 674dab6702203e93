package org.sightmill.pipeline.collect.source.procedural;

/**
 * A generated item with its picture.
 *
 * @param label the texts
 * @param png the bytes of the picture; owned by the receiver, not copied
 */
@SuppressWarnings("ArrayRecordComponent") // copying 20 KB a row would buy nothing
public record ProceduralItem(ProceduralLabel label, byte[] png) {}
