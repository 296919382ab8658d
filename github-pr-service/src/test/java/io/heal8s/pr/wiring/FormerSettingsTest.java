// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FormerSettingsTest {

  @TempDir Path home = Path.of("");

  private Path key = Path.of("");

  @BeforeEach
  void aKey() throws IOException {
    key = Files.writeString(home.resolve("app.pem"), "key");
  }

  private String[] translate(Map<String, String> environment, String... arguments) {
    Map<String, String> all = new HashMap<>(environment);
    all.put("HOME", home.toString());
    return new FormerSettings(all).translate(arguments);
  }

  private Path file(String yaml) throws IOException {
    return Files.writeString(home.resolve("config.yaml"), yaml);
  }

  @Test
  void aFileIsTaken() throws IOException {
    Path config =
        file(
            """
            github:
              appID: 123
              installationID: 4567
              privateKeyPath: ~/app.pem
            kubernetes:
              kubeconfig: ~/.kube/config
              namespace: shop
            processor:
              pollInterval: 1m30s
              batchSize: 10
            """);

    assertThat(translate(Map.of(), "--config", config.toString()))
        .containsExactlyInAnyOrder(
            "--heal8s.pr.github.app-id=123",
            "--heal8s.pr.github.installation-id=4567",
            "--heal8s.pr.github.private-key-file=" + key,
            "--heal8s.kubernetes.kubeconfig=" + home.resolve(".kube/config"),
            "--heal8s.pr.namespaces=shop",
            "--heal8s.pr.poll-interval=PT1M30S",
            "--heal8s.pr.former-batch-size=10");
  }

  @Test
  void theFileWinsOverTheEnvironmentAsItDid() throws IOException {
    Path config = file("processor: {pollInterval: 20s}\n");

    assertThat(translate(Map.of("POLL_INTERVAL", "5s"), "-config=" + config))
        .containsExactly("--heal8s.pr.poll-interval=PT20S");
  }

  @Test
  void theEnvironmentIsTaken() {
    assertThat(
            translate(
                Map.of(
                    "GITHUB_APP_ID", "123",
                    "GITHUB_INSTALLATION_ID", "4567",
                    "GITHUB_PRIVATE_KEY_PATH", "~/app.pem",
                    "K8S_NAMESPACE", "shop, team-a",
                    "POLL_INTERVAL", "10s",
                    "BATCH_SIZE", "10"),
                "--env"))
        .containsExactlyInAnyOrder(
            "--heal8s.pr.github.app-id=123",
            "--heal8s.pr.github.installation-id=4567",
            "--heal8s.pr.github.private-key-file=" + key,
            "--heal8s.pr.namespaces=shop,team-a",
            "--heal8s.pr.poll-interval=PT10S",
            "--heal8s.pr.former-batch-size=10");
  }

  @Test
  void noNamespaceMeansAllOfThem() {
    assertThat(translate(Map.of("K8S_NAMESPACE", ""))).isEmpty();
  }

  @Test
  void anArgumentInTodaysWordsWins() {
    assertThat(translate(Map.of("POLL_INTERVAL", "10s"), "--heal8s.pr.poll-interval=1s", "x"))
        .containsExactly("--heal8s.pr.poll-interval=1s", "x");
  }

  @Test
  void kubeconfigIsAFlagToo() {
    assertThat(translate(Map.of("KUBECONFIG", "/b"), "--kubeconfig", "~/c"))
        .containsExactly("--heal8s.kubernetes.kubeconfig=" + home.resolve("c"));
  }

  record Wrong(Map<String, String> environment, List<String> arguments, String line) {}

  static Stream<Wrong> wrong() {
    return Stream.of(
        new Wrong(Map.of(), List.of("--config"), "--config needs a value"),
        new Wrong(Map.of(), List.of("--config=/none/x.yaml"), "--config: cannot read /none/x.yaml"),
        new Wrong(Map.of(), List.of("--env=maybe"), "--env is 'maybe': write true or false"),
        new Wrong(Map.of(), List.of("--env"), "--env needs GITHUB_APP_ID to be set"),
        new Wrong(
            Map.of("GITHUB_APP_ID", "1"),
            List.of("--env"),
            "--env needs GITHUB_INSTALLATION_ID to be set"),
        new Wrong(
            Map.of("GITHUB_INSTALLATION_ID", "1"),
            List.of(),
            "GITHUB_APP_ID is missing: installation and private key belong to a GitHub App"),
        new Wrong(
            Map.of("GITHUB_APP_ID", "one", "GITHUB_INSTALLATION_ID", "2"),
            List.of(),
            "GITHUB_PRIVATE_KEY_PATH: there is no file /secrets/github-app.pem that can be read"),
        new Wrong(
            Map.of(
                "GITHUB_APP_ID", "one",
                "GITHUB_INSTALLATION_ID", "2",
                "GITHUB_PRIVATE_KEY_PATH", "~/app.pem"),
            List.of(),
            "GITHUB_APP_ID is 'one': write a whole number from 1"),
        new Wrong(
            Map.of("K8S_NAMESPACE", "My Shop"),
            List.of(),
            "K8S_NAMESPACE is 'My Shop': write a namespace, or nothing for all of them"),
        new Wrong(
            Map.of("POLL_INTERVAL", "10"),
            List.of(),
            "POLL_INTERVAL is '10': write a duration of at least 100ms such as 10s"),
        new Wrong(
            Map.of("BATCH_SIZE", "0"),
            List.of(),
            "BATCH_SIZE is '0': write a whole number from 1"));
  }

  @ParameterizedTest
  @MethodSource("wrong")
  void aWrongOneIsNamed(Wrong c) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> translate(c.environment(), c.arguments().toArray(String[]::new)))
        .withMessage(c.line());
  }

  @Test
  void aKeyThatTheFileNeverHadIsNamed() throws IOException {
    Path config = file("processor: {pollIntervall: 10s}\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> translate(Map.of(), "--config", config.toString()))
        .withMessageContaining("has processor.pollIntervall, which is none of github.appID,");
  }

  @Test
  void aFileThatIsNoYamlSaysWhere() throws IOException {
    Path config = file("processor: [\n");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> translate(Map.of(), "--config", config.toString()))
        .withMessageContaining("is not YAML");
  }

  @Test
  void helpIsAskedForInThreeWays() {
    assertThat(FormerSettings.asksForHelp("--help")).isTrue();
    assertThat(FormerSettings.asksForHelp("-h")).isTrue();
    assertThat(FormerSettings.asksForHelp("--env", "-help")).isTrue();
    assertThat(FormerSettings.asksForHelp("--env")).isFalse();
  }

  @Test
  void theTextOfHelpNamesEverySetting() {
    assertThat(FormerValues.ENVIRONMENT.all())
        .allSatisfy(name -> assertThat(FormerSettings.HELP).contains(name));
  }
}
