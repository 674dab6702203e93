/**
 * Teachers on executors: the stage that evaluates every row of a step exactly once, with many calls
 * in flight. Start at {@link org.sightmill.pipeline.calls.CallingStage}; a step's own logic is a
 * {@link org.sightmill.pipeline.calls.RowLogic}.
 */
package org.sightmill.pipeline.calls;
