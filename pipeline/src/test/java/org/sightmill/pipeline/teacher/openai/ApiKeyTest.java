package org.sightmill.pipeline.teacher.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightmill.pipeline.check.InvalidConfigException;
import org.sightmill.pipeline.faultserver.Action;
import org.sightmill.pipeline.faultserver.Call;
import org.sightmill.pipeline.faultserver.Chat;
import org.sightmill.pipeline.faultserver.FaultServer;
import org.sightmill.pipeline.teacher.EndpointConfig;
import org.sightmill.pipeline.teacher.Role;
import org.sightmill.pipeline.teacher.SamplingConfig;
import org.sightmill.pipeline.teacher.TeacherConfig;
import org.sightmill.pipeline.teacher.TeacherReply;

/** Keys are found, sent, and never told. */
final class ApiKeyTest {
  private static final String KEY = "sk-planted-1234567890";

  @TempDir Path folder;

  @Test
  void isReadFromTheEnvironmentOrAFile() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    EndpointConfig byFile = endpoint("http://h/v1", null, file.toString());
    EndpointConfig byName = endpoint("http://h/v1", "THE_KEY", null);
    assertThat(ApiKey.of(byFile, name -> null)).contains(KEY);
    assertThat(ApiKey.of(byName, Map.of("THE_KEY", KEY)::get)).contains(KEY);
    assertThat(ApiKey.of(EndpointConfig.of("http://h/v1"), name -> KEY)).isEmpty();
  }

  @Test
  void itsAbsenceIsToldByPlaceAndItsTextNever() throws Exception {
    EndpointConfig byName = endpoint("http://h/v1", "THE_KEY", null);
    assertThatThrownBy(() -> ApiKey.of(byName, name -> null))
        .hasMessage("environment variable THE_KEY holds no API key on this executor");
    assertThatThrownBy(() -> ApiKey.of(byName, name -> KEY + "\nx"))
        .hasMessage("environment variable THE_KEY holds what can't be an API key on this executor");
    EndpointConfig byFile = endpoint("http://h/v1", null, folder.resolve("none").toString());
    assertThatThrownBy(() -> ApiKey.of(byFile, name -> null))
        .hasMessageStartingWith("the API key's file ")
        .hasMessageEndingWith("none can't be read on this executor: NoSuchFileException");
  }

  @Test
  void isSentAndMaskedInWhatTheServerSays() throws Exception {
    Path file = Files.writeString(folder.resolve("key"), KEY);
    try (FaultServer server = FaultServer.start(ApiKeyTest::echo)) {
      TeacherConfig config =
          Asked.config(List.of(endpoint(server.url(), null, file.toString())), Asked.QUICK);
      TeacherReply reply = Asked.ask(config, Role.REASONER, "q");
      assertThat(((TeacherReply.Failed) reply).why())
          .isEqualTo("BAD_REQUEST: HTTP 400 you sent Bearer ***");
    }
  }

  private static Action echo(Call call) {
    String said = "you sent " + call.headers().get("authorization");
    return Action.json(
        400,
        Chat.answer(said)
            .replace("choices", "x")
            .replaceFirst("\\{", "{\"error\":{\"message\":\"" + said + "\"},"));
  }

  @Test
  void aCertificateThatProvesNothingStopsTheRun() throws Exception {
    try (TlsServer server = TlsServer.start(folder)) {
      TeacherConfig config = Asked.config(List.of(EndpointConfig.of(server.url())), Asked.QUICK);
      assertThatThrownBy(() -> Asked.ask(config, Role.REASONER, "q"))
          .hasRootCauseInstanceOf(TeacherUnusableException.class)
          .hasMessageContaining("CERTIFICATE_INVALID: ");
    }
  }

  @Test
  void configurationIsCheckedAsAWhole() {
    assertThatThrownBy(() -> new EndpointConfig("ftp://h", -1.0, 0, "A", "b"))
        .isInstanceOf(InvalidConfigException.class)
        .extracting(e -> ((InvalidConfigException) e).problems())
        .isEqualTo(
            List.of(
                "url must be like http://host:8000/v1 but was 'ftp://h'",
                "weight must be in (0, 1000000] but was -1.0",
                "api_key_env and api_key_file exclude each other",
                "max_in_flight must be at least 1 but was 0"));
    assertThatThrownBy(() -> EndpointConfig.of("http://user:pw@h/v1"))
        .hasMessageContaining("must not hold a user or password")
        .hasMessageNotContaining("pw@");
    SamplingConfig odd =
        new SamplingConfig(
            null, null, null, null, null, null, new TreeMap<>(Map.of("stop", "[\"a\"")));
    TeacherConfig config =
        new TeacherConfig(
            "openai",
            "m",
            new TreeMap<>(Map.of("k", "v")),
            null,
            null,
            null,
            List.of(EndpointConfig.of("http://h/v1")),
            odd,
            null,
            null,
            null,
            null,
            null);
    assertThat(new OpenAiTeacher().problems(Role.JUDGE, config))
        .containsExactly(
            "options: the openai teacher has none but got [k]; fields of the request belong in"
                + " sampling.extra",
            "sampling.extra.stop must be JSON but was '[\"a\"'");
  }

  private static EndpointConfig endpoint(String url, String env, String file) {
    return new EndpointConfig(url, null, null, env, file);
  }
}
