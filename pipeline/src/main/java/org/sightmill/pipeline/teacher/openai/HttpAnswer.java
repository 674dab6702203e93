package org.sightmill.pipeline.teacher.openai;

import java.net.http.HttpHeaders;

/** A whole HTTP response. */
record HttpAnswer(int status, HttpHeaders headers, byte[] body) {}
