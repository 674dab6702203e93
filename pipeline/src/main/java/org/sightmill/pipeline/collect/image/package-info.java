/**
 * Pictures at the door: format, size and structure from their bytes, turned upright where a camera
 * says so, and stored under the hash of what is stored. Internal; start at {@link
 * org.sightmill.pipeline.collect.image.PictureCheck}.
 */
package org.sightmill.pipeline.collect.image;
