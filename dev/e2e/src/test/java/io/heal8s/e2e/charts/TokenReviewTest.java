// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.http.secret.Secret;
import io.heal8s.core.http.webhook.KubernetesTokenReviewer;
import io.heal8s.core.http.webhook.TokenReviewer;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Callers in the cluster, judged by a real API server under the rights that the chart gives. */
@RealCluster
class TokenReviewTest {
  @Test
  void aTokenForUsIsKnownAndATokenForOthersIsNot(TestCluster cluster) throws Exception {
    TokenReviewer reviewer =
        new KubernetesTokenReviewer(gateway(cluster, "[\"token-review\"]"), List.of("heal8s"));
    cluster.applyText("{apiVersion: v1, kind: ServiceAccount, metadata: {name: alertmanager}}");

    assertThat(reviewer.review(token(cluster, "heal8s")))
        .isInstanceOfSatisfying(
            TokenReviewer.Known.class,
            known -> {
              assertThat(known.user())
                  .isEqualTo("system:serviceaccount:" + cluster.namespace() + ":alertmanager");
              assertThat(known.groups()).contains("system:serviceaccounts");
            });
    assertThat(reviewer.review(token(cluster, "somebody-else")))
        .isEqualTo(new TokenReviewer.Unknown());
    assertThat(reviewer.review(Secret.of("made.up.token"))).isEqualTo(new TokenReviewer.Unknown());
  }

  @Test
  void withoutTheModeTheChartGivesNoRightToAsk(TestCluster cluster) throws Exception {
    TokenReviewer reviewer =
        new KubernetesTokenReviewer(gateway(cluster, "[\"bearer\"]"), List.of("heal8s"));
    cluster.applyText("{apiVersion: v1, kind: ServiceAccount, metadata: {name: alertmanager}}");

    assertThat(reviewer.review(token(cluster, "heal8s")))
        .isEqualTo(new TokenReviewer.Unreachable());
  }

  /** Under a release name of its own, so that the rights of other tests' releases do not count. */
  private static ApiClient gateway(TestCluster cluster, String modes) {
    String account = "gateway-" + cluster.namespace();
    cluster.applyText(
        Charts.chart("alert-gateway")
            .release("heal8s-" + cluster.namespace(), cluster.namespace())
            .set("serviceAccount.name", "\"" + account + "\"")
            .set("webhook.auth.modes", modes)
            .render());
    return cluster.asServiceAccount(cluster.namespace(), account);
  }

  private static Secret token(TestCluster cluster, String audience) throws ApiException {
    AuthenticationV1TokenRequest request =
        new AuthenticationV1TokenRequest()
            .spec(new V1TokenRequestSpec().audiences(List.of(audience)).expirationSeconds(600L));
    var answer =
        new CoreV1Api(cluster.admin())
            .createNamespacedServiceAccountToken("alertmanager", cluster.namespace(), request)
            .execute();
    return Secret.of(Objects.requireNonNull(answer.getStatus()).getToken());
  }
}
