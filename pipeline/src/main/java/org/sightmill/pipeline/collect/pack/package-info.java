/**
 * Pictures in zip and tar packs: each pack is streamed once, and its pictures are laid one behind
 * the other with an index of names, so that tasks find any of them. Internal; start at {@link
 * org.sightmill.pipeline.collect.pack.Packs}.
 */
package org.sightmill.pipeline.collect.pack;
