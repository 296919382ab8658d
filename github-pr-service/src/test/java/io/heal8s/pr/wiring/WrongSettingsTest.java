// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heal8s.core.boot.Heal8sApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** Each setting that is wrong ends the start, and the one line about it names the setting. */
class WrongSettingsTest {

  private static final String NO_CLUSTER =
      """
      apiVersion: v1
      kind: Config
      clusters: [{name: none, cluster: {server: "https://127.0.0.1:1"}}]
      users: [{name: none, user: {token: none}}]
      contexts: [{name: none, context: {cluster: none, user: none}}]
      current-context: none
      """;

  @TempDir Path folder;

  static Stream<Arguments> settings() {
    return Stream.of(
        Arguments.of(
            "--heal8s.pr.workers=0", "heal8s.pr.workers must be 1 to 64, was 0", "out of range"),
        Arguments.of(
            "--heal8s.pr.workers=many", "setting heal8s.pr.workers is 'many'", "no number"),
        Arguments.of(
            "--heal8s.pr.poll-interval=1ms",
            "heal8s.pr.poll-interval must be at least 100ms",
            "out of range"),
        Arguments.of(
            "--heal8s.pr.poll-interval=soon",
            "setting heal8s.pr.poll-interval is 'soon'",
            "no duration"),
        Arguments.of(
            "--heal8s.pr.stalled-interval=0s",
            "heal8s.pr.stalled-interval must be at least 100ms",
            "a loop without pause"),
        Arguments.of(
            "--heal8s.pr.metrics-port=99999",
            "heal8s.pr.metrics-port must be -1 to 65535",
            "no port"),
        Arguments.of(
            "--heal8s.pr.namespaces=My_Shop",
            "heal8s.pr.namespaces must be names of namespaces",
            "no name"),
        Arguments.of(
            "--heal8s.pr.git.timeout=-1s",
            "heal8s.pr.git.timeout must be a time up to 5m",
            "negative"),
        Arguments.of(
            "--heal8s.pr.git.schemes=ftp",
            "heal8s.pr.git.schemes must be some of file, ssh, https, http",
            "unknown word"),
        Arguments.of(
            "--heal8s.pr.git.longest-file=8GB",
            "heal8s.pr.git.longest-file must be 1KB to 64MB",
            "would overflow"),
        Arguments.of(
            "--heal8s.pr.git.author-email=a<b",
            "heal8s.pr.git.author-email must be an address",
            "breaks a commit"),
        Arguments.of("--heal8s.pr.github.api-url=ftp://x", "heal8s.pr.github.api-url", "not http"),
        Arguments.of(
            "--heal8s.pr.github.timeout=1h",
            "heal8s.pr.github.timeout must be a time up to 5m",
            "out of range"),
        Arguments.of(
            "--heal8s.pr.github.allowed-cidrs=lan", "heal8s.pr.github.allowed-cidrs", "no block"),
        Arguments.of(
            "--heal8s.pr.github.private-key-file=/no/such/key",
            "heal8s.pr.github.private-key-file must be a file that can be read",
            "unreadable"),
        Arguments.of(
            "--heal8s.pr.webhook.port=-1", "heal8s.pr.webhook.port must be 0 to 65535", "no port"),
        Arguments.of(
            "--heal8s.pr.webhook.max-body=1B",
            "heal8s.pr.webhook.max-body must be 1KB to 64MB",
            "out of range"),
        Arguments.of(
            "--heal8s.pr.webhook.enabled=perhaps", "heal8s.pr.webhook.enabled", "no boolean"),
        Arguments.of(
            "--heal8s.pr.polling-interval=1s",
            "heal8s.pr.polling-interval is no setting",
            "no such name"),
        Arguments.of(
            "--heal8s.operator.workers=3",
            "heal8s.operator.workers is no setting of this service",
            "of another service"),
        Arguments.of(
            "--heal8s.leader-election.lease-duration=1ms",
            "heal8s.leader-election.lease-duration must be at least 1s",
            "out of range"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aWrongSettingIsNamedInOneLine(String argument, String line, String because)
      throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), NO_CLUSTER);
    Throwable failure =
        catchThrowable(
            () ->
                new SpringApplicationBuilder(GithubPrServiceApplication.class)
                    .properties(
                        "server.port=0",
                        "logging.level.root=off",
                        "heal8s.management.port=0",
                        "heal8s.kubernetes.kubeconfig=" + kubeconfig)
                    .run(argument, "--spring.main.banner-mode=off"));

    assertThat(Heal8sApplication.lineAbout(failure)).as(because).contains(line).hasLineCount(1);
  }
}
