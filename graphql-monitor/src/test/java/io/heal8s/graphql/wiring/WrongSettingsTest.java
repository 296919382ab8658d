// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.heal8s.core.boot.Heal8sApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.builder.SpringApplicationBuilder;

/** A wrong setting ends the start with one line that names it. */
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

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "requests-per-minute=0 | heal8s.graphql.requests-per-minute must be at least 1 | none at all",
        "requests-per-minute=x | setting heal8s.graphql.requests-per-minute is 'x' | no number",
        "interval=500ms | heal8s.graphql.interval must be 1s to 1h | out of range",
        "timeout=2m | heal8s.graphql.timeout must be 1s to 60s | out of range",
        "retries=11 | heal8s.graphql.retries must be 0 to 10 | out of range",
        "action-timeout=1s | heal8s.graphql.action-timeout must be 10s to 30m | out of range",
        "schemes=ftp | heal8s.graphql.schemes must be http and https | unknown word",
        "ports=0 | heal8s.graphql.ports must be numbers to 65535 | no port",
        "allowed-cidrs=lan | heal8s.graphql.allowed-cidrs | no block",
        "max-body=1B | heal8s.graphql.max-body must be 1KB to 16MB | out of range",
        "max-depth=1 | heal8s.graphql.max-depth must be 2 to 200 | out of range",
        "namespaces=My_Shop | heal8s.graphql.namespaces must be names of namespaces | no name",
        "metrics-port=65536 | heal8s.graphql.metrics-port must be -1 to 65535 | no port",
        "lease=1ms | heal8s.graphql.lease must be 1s to 5m | out of range",
        "lease-renewal=9s | at most a third of heal8s.graphql.lease | the lease would run out",
        "polling-interval=1s | heal8s.graphql.polling-interval is no setting | no such name",
        "api.max-dept=9 | heal8s.graphql.api.max-dept is no setting | of what is off",
        "api.enabled=perhaps | setting heal8s.graphql.api.enabled is 'perhaps': write true or false | no switch"
      })
  void isNamedInOneLine(String setting, String line, String because) throws IOException {
    assertThat(lineAbout("--heal8s.graphql." + setting)).as(because).contains(line).hasLineCount(1);
  }

  @ParameterizedTest(name = "{0}: {2}")
  @CsvSource(
      delimiter = '|',
      value = {
        "history=20 | heal8s.graphql.api.auth.modes is empty, so nobody could call | no way in",
        "auth.modes=mtls | auth.modes must be of bearer, token-review and none | the port has no TLS",
        "auth.modes=bearer | heal8s.graphql.api.auth.bearer.token-files | no token",
        "auth.modes=token-review | heal8s.graphql.api.auth.token-review.users is empty | nobody",
        "auth.modes=bearer,none | heal8s.graphql.api.auth.modes has none beside others | senseless",
        "max-depth=4 | heal8s.graphql.api.max-depth must be 5 to 100 | out of range",
        "max-cost=0 | heal8s.graphql.api.max-cost must be 100 to 1000000 | out of range",
        "history=1001 | heal8s.graphql.api.history must be 0 to 1000 | out of range"
      })
  void ofTheGraphqlInterfaceToo(String setting, String line, String because) throws IOException {
    assertThat(lineAbout("--heal8s.graphql.api.enabled=true", "--heal8s.graphql.api." + setting))
        .as(because)
        .contains(line)
        .hasLineCount(1);
  }

  private String lineAbout(String... arguments) throws IOException {
    Path kubeconfig = Files.writeString(folder.resolve("kubeconfig"), NO_CLUSTER);
    Throwable failure =
        catchThrowable(
            () ->
                new SpringApplicationBuilder(GraphqlMonitorApplication.class)
                    .properties(
                        "server.port=0",
                        "logging.level.root=off",
                        "spring.main.banner-mode=off",
                        "heal8s.management.port=-1",
                        "heal8s.kubernetes.kubeconfig=" + kubeconfig)
                    .run(arguments));
    return Heal8sApplication.lineAbout(failure);
  }
}
