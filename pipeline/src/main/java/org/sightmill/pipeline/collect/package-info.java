/**
 * Step 1 (paper, section 3: metadata collection): sources to one schema, every picture once, gold
 * answers in one form. Start at {@link org.sightmill.pipeline.collect.CollectStep}.
 */
package org.sightmill.pipeline.collect;
