// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.dev.controlplane.ChartRefusedException;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong value stops the installation and is named. */
class ValuesTest {
  record Case(String chart, String path, String json, String message) {
    @Override
    public String toString() {
      return chart + " with " + path + "=" + json;
    }
  }

  static Stream<Case> cases() {
    return Stream.of(
        new Case("alert-gateway", "webhook.auth.modes", "[\"baerer\"]", "/webhook/auth/modes/0"),
        new Case("alert-gateway", "webhook.auth.modes", "[]", "/webhook/auth/modes"),
        new Case("alert-gateway", "webhook.port", "0", "/webhook/port"),
        new Case("alert-gateway", "replicas", "3", "'replicas' not allowed"),
        new Case("alert-gateway", "image.digest", "\"latest\"", "/image/digest"),
        new Case(
            "alert-gateway", "webhook.auth.modes", "[\"mtls\"]", "webhook.tls.secret is empty"),
        new Case("remediation-operator", "rbac.namespaces", "\"shop\"", "/rbac/namespaces"),
        new Case("remediation-operator", "serviceAccount.name", "\"\"", "/serviceAccount/name"),
        new Case("github-pr-service", "credentials", "[{\"name\": \"a\"}]", "'secret'"),
        new Case(
            "github-pr-service",
            "credentials",
            "[{\"name\": \"../x\", \"secret\": \"s\"}]",
            "/credentials/0/name"),
        new Case("github-pr-service", "webhook.enabled", "true", "webhook.existingSecret is empty"),
        new Case("graphql-monitor", "api.auth.modes", "[\"hmac\"]", "/api/auth/modes/0"),
        new Case("graphql-monitor", "api.port", "0", "/api/port"),
        new Case(
            "graphql-monitor",
            "api",
            "{\"enabled\": true, \"auth\": {\"modes\": [\"token-review\"]}}",
            "tokenReview.users is empty"),
        new Case("resource-controller", "auth", "\"open\"", "/auth"),
        new Case("resource-controller", "replicaCount", "2", "existingSecret is empty"),
        new Case("resource-controller", "extraVolumes", "[\"x\"]", "/extraVolumes/0"),
        new Case("resource-controller", "github.app", "{\"key\": \"\"}", "/github/app/key"),
        new Case(
            "resource-controller",
            "kubernetes.serviceAccount",
            "{\"nme\": \"x\"}",
            "'nme' not allowed"),
        new Case("github-pr-service", "github.apiUrl", "\"ftp://x\"", "/github/apiUrl"),
        new Case("github-pr-service", "github.allowedCidrs", "[\"all\"]", "/github/allowedCidrs/0"),
        new Case("crds", "detectors", "[{\"kind\": \"TargetApp\"}]", "'serviceAccount'"),
        new Case("heal8s", "operator.replcas", "3", "'replcas' not allowed"));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isRefused(Case c) {
    assertThatThrownBy(() -> Charts.chart(c.chart()).set(c.path(), c.json()).render())
        .isInstanceOf(ChartRefusedException.class)
        .hasMessageContaining(c.message());
  }
}
