/**
 * Teachers on executors: the stage that evaluates every row of a step exactly once, with many calls
 * in flight. Start at {@link org.sightmill.pipeline.calls.CallingStage}; a step's own logic is a
 * {@link org.sightmill.pipeline.calls.RowLogic}. Limits and money are leased to executors by {@link
 * org.sightmill.pipeline.calls.CallsPlugin}; a driver stops calls and agrees to costs at {@link
 * org.sightmill.pipeline.calls.CallDesk}.
 */
package org.sightmill.pipeline.calls;
