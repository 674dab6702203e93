/**
 * Why a row did not go on: a closed set of reasons with stable codes, each in a class, and the side
 * table that every step writes. Start at {@link org.sightmill.pipeline.reject.RejectReason}.
 */
package org.sightmill.pipeline.reject;
