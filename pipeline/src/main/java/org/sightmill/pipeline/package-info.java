/** The six dataset steps. */
package org.sightmill.pipeline;
