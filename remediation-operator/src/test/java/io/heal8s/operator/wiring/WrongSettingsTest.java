// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.wiring;

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
            "--heal8s.operator.workers=257",
            "heal8s.operator.workers must be 1 to 256, was 257",
            "out of range"),
        Arguments.of(
            "--heal8s.operator.workers=1.5",
            "setting heal8s.operator.workers is '1.5'",
            "no whole number"),
        Arguments.of(
            "--heal8s.operator.resync-interval=1ms",
            "heal8s.operator.resync-interval must be at least 10ms",
            "out of range"),
        Arguments.of(
            "--heal8s.operator.metrics-port=65536",
            "heal8s.operator.metrics-port must be -1 to 65535",
            "no port"),
        Arguments.of(
            "--heal8s.operator.cluster-name=a b",
            "heal8s.operator.cluster-name must be at most 63",
            "part of names"),
        Arguments.of(
            "--heal8s.operator.webhooks.schemes=gopher",
            "heal8s.operator.webhooks.schemes = [gopher]: only http and https",
            "unknown word"),
        Arguments.of(
            "--heal8s.operator.webhooks.ports=0",
            "heal8s.operator.webhooks.ports = [0]",
            "no port"),
        Arguments.of(
            "--heal8s.operator.webhooks.allowed-cidrs=10.0.0.0/33",
            "heal8s.operator.webhooks.allowed-cidrs: '10.0.0.0/33' is no block",
            "no block"),
        Arguments.of(
            "--heal8s.operator.webhooks.allowed-cidr=10.0.0.0/8",
            "heal8s.operator.webhooks.allowed-cidr is no setting; heal8s.operator.webhooks has allowed-cidrs, ports, schemes",
            "no such name"),
        Arguments.of(
            "--leader-elct",
            "--leader-elct is no option",
            "an option of the first release, misspelt"),
        Arguments.of(
            "--heal8s.leader-election.renew-deadline=1h",
            "heal8s.leader-election",
            "longer than the lease"),
        Arguments.of(
            "--heal8s.kubernetes.max-concurrent-calls=0",
            "heal8s.kubernetes.max-concurrent-calls must be at least 1",
            "out of range"),
        Arguments.of(
            "--heal8s.kubernetes.kubeconfig=/no/such/file",
            "heal8s.kubernetes.kubeconfig: cannot use",
            "unreadable"));
  }

  @ParameterizedTest
  @MethodSource("settings")
  void aWrongSettingIsNamedInOneLine(String argument, String line, String because)
      throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), NO_CLUSTER);
    Throwable failure =
        catchThrowable(
            () ->
                new SpringApplicationBuilder(RemediationOperatorApplication.class)
                    .properties(
                        "server.port=0",
                        "logging.level.root=off",
                        "heal8s.management.port=0",
                        "heal8s.kubernetes.kubeconfig=" + kubeconfig)
                    .run(argument, "--spring.main.banner-mode=off"));

    assertThat(Heal8sApplication.lineAbout(failure)).as(because).contains(line).hasLineCount(1);
  }
}
