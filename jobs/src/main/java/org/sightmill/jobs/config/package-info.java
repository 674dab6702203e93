/**
 * Configuration: YAML files, {@code --set} and arguments bound to records, with every problem
 * reported at once. Start at {@link org.sightmill.jobs.config.ConfigLoader}. Internal.
 */
package org.sightmill.jobs.config;
