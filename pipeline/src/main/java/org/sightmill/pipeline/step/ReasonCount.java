package org.sightmill.pipeline.step;

import org.sightmill.pipeline.reject.RejectClass;
import org.sightmill.pipeline.reject.RejectReason;

/** How many rows of one source ended for one reason. */
public record ReasonCount(RejectReason code, RejectClass rejectClass, String source, long rows) {}
