/**
 * A model server that misbehaves to order and keeps a ledger of what was asked of it. Start at
 * {@link org.sightmill.pipeline.faultserver.FaultServer}.
 */
package org.sightmill.pipeline.faultserver;
