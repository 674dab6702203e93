package org.sightmill.pipeline.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Behaviour;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.teacher.CallFault;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.TeacherReply;

/** Every fault of a server: the code it gets, and what follows. */
final class FaultsTest {
  private static final Action GOOD = Action.json(200, Chat.answer("it is four"));

  static Stream<Arguments> passingFaults() {
    return Stream.of(
        Arguments.of("429", Action.json(429, "{\"error\":{\"message\":\"slow down\"}}")),
        Arguments.of("429 with seconds", Action.json(429, "{}", "Retry-After: 0.05")),
        Arguments.of("500", Action.json(500, "{}")),
        Arguments.of("503 page", Action.respond(503, "text/html", bytes("<html>busy</html>"))),
        Arguments.of("reset without a word", Action.reset()),
        Arguments.of("reset within the body", GOOD.cutAfter(140, Action.End.RESET)),
        Arguments.of("end within the body", GOOD.cutAfter(140, Action.End.CLOSE)),
        Arguments.of("end within the head", GOOD.cutAfter(20, Action.End.CLOSE)),
        Arguments.of("silence", Action.silence()),
        Arguments.of("stall within the body", GOOD.cutAfter(140, Action.End.KEEP)),
        Arguments.of("a drip without end", GOOD.dripping(2, 100)),
        Arguments.of("an error page", Action.respond(200, "text/html", bytes("<html>oops"))),
        Arguments.of("JSON cut off", Action.json(200, "{\"choices\": [{\"message\"")),
        Arguments.of("two values", Action.json(200, Chat.answer("x") + "{}")),
        Arguments.of("no UTF-8", Action.respond(200, "application/json", notUtf8())),
        Arguments.of("nothing", Action.json(200, "")),
        Arguments.of("no choices", Action.json(200, "{\"choices\": []}")),
        Arguments.of("no message", Action.json(200, "{\"choices\": [{}]}")),
        Arguments.of("empty content", Action.json(200, Chat.answer(" "))),
        Arguments.of("null content", Action.json(200, Chat.answer(null))),
        Arguments.of("an error with status 200", Action.json(200, "{\"error\":{\"code\":502}}")));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] notUtf8() {
    byte[] body = bytes(Chat.answer("it is ~ four"));
    body[new String(body, StandardCharsets.UTF_8).indexOf('~')] = (byte) 0xC3;
    return body;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("passingFaults")
  void aFaultThatPassesCostsTheRowNothing(String name, Action fault) throws Exception {
    try (FaultServer server = FaultServer.start(call -> call.number() == 0 ? fault : GOOD)) {
      assertThat(text(Asked.ask(Asked.config(server), Role.REASONER, name)))
          .isEqualTo("it is four");
      assertThat(server.ledger().calls()).isEqualTo(2);
    }
  }

  static Stream<Arguments> lastingFaults() {
    String tooLong = "{\"error\":{\"code\":\"context_length_exceeded\",\"message\":\"m\"}}";
    String vllm = "{\"object\":\"error\",\"message\":\"maximum context length is 8\",\"code\":400}";
    String filtered = "{\"error\":{\"code\":\"content_filter\",\"message\":\"no\"}}";
    String declined =
        "{\"choices\":[{\"message\":{\"refusal\":\"I won't\"},\"finish_reason\":\"stop\"}]}";
    return Stream.of(
        Arguments.of(CallFault.CONTEXT_TOO_LONG, 1, Action.json(400, tooLong)),
        Arguments.of(CallFault.CONTEXT_TOO_LONG, 1, Action.json(400, vllm)),
        Arguments.of(CallFault.CONTENT_FILTERED, 1, Action.json(400, filtered)),
        Arguments.of(
            CallFault.CONTENT_FILTERED,
            1,
            Action.json(200, Chat.answer("", null, "content_filter"))),
        Arguments.of(CallFault.DECLINED, 1, Action.json(200, declined)),
        Arguments.of(
            CallFault.REPLY_CUT, 1, Action.json(200, Chat.answer("half a", null, "length"))),
        Arguments.of(CallFault.BAD_REQUEST, 1, Action.json(422, "{\"detail\":\"top_p\"}")),
        Arguments.of(CallFault.SERVER_ERROR, 3, Action.json(500, "{}")),
        Arguments.of(CallFault.CONNECTION_LOST, 3, Action.reset()),
        Arguments.of(CallFault.BODY_CUT, 3, GOOD.cutAfter(140, Action.End.CLOSE)),
        Arguments.of(CallFault.BODY_STALLED, 3, GOOD.cutAfter(140, Action.End.KEEP)),
        Arguments.of(CallFault.TIMED_OUT, 3, Action.silence()),
        Arguments.of(CallFault.REPLY_NOT_JSON, 3, Action.respond(200, "text/html", bytes("<p>"))),
        Arguments.of(CallFault.REPLY_MALFORMED, 3, Action.json(200, "{}")),
        Arguments.of(CallFault.REPLY_BLANK, 3, Action.json(200, Chat.answer(""))));
  }

  @ParameterizedTest(name = "{0} after {1} attempts")
  @MethodSource("lastingFaults")
  void aFaultThatLastsHasItsCode(CallFault fault, int attempts, Action action) throws Exception {
    try (FaultServer server = FaultServer.start(call -> action)) {
      TeacherReply reply = Asked.ask(Asked.config(server), Role.REASONER, "q");
      assertThat(reply).isInstanceOf(TeacherReply.Failed.class);
      assertThat(((TeacherReply.Failed) reply).why()).startsWith(fault + ": ");
      assertThat(server.ledger().calls()).isEqualTo(attempts);
    }
  }

  static Stream<Arguments> faultsOfAnEndpoint() {
    return Stream.of(
        Arguments.of(CallFault.KEY_REJECTED, Action.json(401, "{}")),
        Arguments.of(CallFault.NOT_SERVED, Action.json(404, "{\"detail\":\"no model m\"}")),
        Arguments.of(
            CallFault.QUOTA_EXHAUSTED,
            Action.json(429, "{\"error\":{\"code\":\"insufficient_quota\"}}")),
        Arguments.of(CallFault.REDIRECTED, Action.json(302, "{}", "Location: http://x/")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("faultsOfAnEndpoint")
  void whatNoRowCanBeServedWithStopsTheRun(CallFault fault, Action action) {
    try (FaultServer server = FaultServer.start(call -> action)) {
      assertThatThrownBy(() -> Asked.ask(Asked.config(server), Role.REASONER, "q"))
          .hasRootCauseInstanceOf(TeacherUnusableException.class)
          .hasRootCauseMessage(
              "teachers.reasoner can't be used: %s: %s"
                  .formatted(server.url(), HttpFaults.of(answer(action)).getMessage()))
          .hasMessageContaining(fault.name());
    }
  }

  private static HttpAnswer answer(Action action) {
    String whole = new String(action.parts().get(0), StandardCharsets.UTF_8);
    int status = Integer.parseInt(whole.substring(9, 12));
    byte[] body = bytes(whole.substring(whole.indexOf("\r\n\r\n") + 4));
    java.net.http.HttpHeaders none =
        java.net.http.HttpHeaders.of(java.util.Map.of(), (name, value) -> true);
    return new HttpAnswer(status, none, body);
  }

  @Test
  void anEndpointThatRejectsTheKeyLeavesTheRowsToTheOthers() throws Exception {
    try (FaultServer closed = FaultServer.start(call -> Action.json(401, "{}"));
        FaultServer open = FaultServer.start(call -> GOOD)) {
      for (int i = 0; i < 20; i++) {
        TeacherReply reply = Asked.ask(Asked.config(closed, open), Role.REASONER, "q" + i);
        assertThat(text(reply)).isEqualTo("it is four");
      }
      assertThat(closed.ledger().calls()).isEqualTo(1);
    }
  }

  @Test
  void aMegabyteIsAnAnswerLikeAnyOther() throws Exception {
    String large = "long ".repeat(200_000);
    Behaviour whole = call -> Action.json(200, Chat.answer(large));
    try (FaultServer server = FaultServer.start(whole)) {
      assertThat(text(Asked.ask(Asked.config(server), Role.REASONER, "q"))).isEqualTo(large);
    }
  }

  @Test
  void ofRepeatedChoicesTheFirstCounts() throws Exception {
    String twice =
        "{\"choices\":[{\"index\":1,\"message\":{\"content\":\"second\"}},"
            + "{\"index\":0,\"message\":{\"content\":\"first\"}},"
            + "{\"index\":0,\"message\":{\"content\":\"again\"}}]}";
    try (FaultServer server = FaultServer.start(call -> Action.json(200, twice))) {
      assertThat(text(Asked.ask(Asked.config(server), Role.REASONER, "q"))).isEqualTo("first");
    }
  }

  @Test
  void aWrongContentTypeIsForgiven() throws Exception {
    byte[] good = bytes(Chat.answer("fine"));
    try (FaultServer server = FaultServer.start(call -> Action.respond(200, "text/html", good))) {
      assertThat(text(Asked.ask(Asked.config(server), Role.REASONER, "q"))).isEqualTo("fine");
    }
  }

  private static String text(TeacherReply reply) {
    assertThat(reply).isInstanceOf(TeacherReply.Answer.class);
    return ((TeacherReply.Answer) reply).text();
  }
}
