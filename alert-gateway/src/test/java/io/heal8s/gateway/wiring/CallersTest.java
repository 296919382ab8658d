// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.AuthenticationV1TokenRequest;
import io.kubernetes.client.openapi.models.V1TokenRequestSpec;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Who is let in, and how many at once. */
@RealCluster
class CallersTest {

  private static final String ALERTMANAGER = "/webhooks/alertmanager";

  @Test
  void aCallerThatIsKnownButNotOnTheListIsForbidden(TestCluster test) throws Exception {
    GatewayCluster cluster = new GatewayCluster(test.cluster()).install();
    String shop = test.namespace();
    for (String account : List.of("alertmanager", "somebody")) {
      cluster.apply(
          "{apiVersion: v1, kind: ServiceAccount, metadata: {name: " + account + "}}", shop);
    }
    // Judging tokens is a right of its own, which the chart gives only in this mode.
    try (RunningGateway gateway =
        RunningGateway.start(
            test.cluster().kubeconfig(),
            "heal8s.gateway.auth.modes=token-review",
            "heal8s.gateway.auth.token-review.users=system:serviceaccount:"
                + shop
                + ":alertmanager")) {
      gateway.awaitReady();
      String body = Deliveries.oom(shop, "web");
      assertThat(post(gateway, body, token(test, shop, "somebody")).statusCode()).isEqualTo(403);
      assertThat(post(gateway, body, "no.such.token").statusCode()).isEqualTo(401);
      assertThat(cluster.stored(shop)).isEmpty();
      assertThat(post(gateway, body, token(test, shop, "alertmanager")).statusCode())
          .isEqualTo(200);
      assertThat(cluster.stored(shop)).hasSize(1);
    }
  }

  @Test
  void whatDoesNotFitInMemoryIsToldToComeAgain(TestCluster test) throws Exception {
    GatewayCluster cluster = new GatewayCluster(test.cluster()).install();
    String shop = test.namespace();
    try (RunningGateway gateway =
        RunningGateway.start(
            cluster.kubeconfig(),
            "heal8s.gateway.max-body=8KB",
            "heal8s.gateway.max-bodies-in-flight=8KB")) {
      gateway.awaitReady();
      await().until(() -> isTakenWhileOthersAreToldToComeAgain(gateway, shop));
      await()
          .until(
              () -> gateway.post(ALERTMANAGER, Deliveries.oom(shop, "quick")).statusCode() == 200);
      assertThat(cluster.stored(shop))
          .extracting(remediation -> remediation.spec().target().name())
          .containsExactlyInAnyOrder("slow", "quick");
    }
  }

  /** False when it came while one of the others was read, and was told so itself. */
  private static boolean isTakenWhileOthersAreToldToComeAgain(RunningGateway gateway, String shop)
      throws Exception {
    try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      byte[] body = Deliveries.oom(shop, "slow").getBytes(StandardCharsets.UTF_8);
      OutputStream out = slow.getOutputStream();
      InputStream in = slow.getInputStream();
      out.write(
          ("POST "
                  + ALERTMANAGER
                  + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 8192\r\n"
                  + "Authorization: Bearer "
                  + RunningGateway.TOKEN
                  + "\r\n\r\n")
              .getBytes(StandardCharsets.US_ASCII));
      out.flush();
      await().until(() -> in.available() > 0 || isToldToComeAgain(gateway, shop));
      if (in.available() > 0) {
        return false;
      }
      out.write(body);
      out.write(" ".repeat(8192 - body.length).getBytes(StandardCharsets.US_ASCII));
      out.flush();
      assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).startsWith("HTTP/1.1 200");
      return true;
    }
  }

  private static boolean isToldToComeAgain(RunningGateway gateway, String shop) throws Exception {
    HttpResponse<String> answer = gateway.post(ALERTMANAGER, Deliveries.oom(shop, "quick"));
    if (answer.statusCode() == 200) {
      return false;
    }
    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("send this one again");
    return true;
  }

  private static HttpResponse<String> post(RunningGateway gateway, String body, String token)
      throws Exception {
    return gateway.send(
        HttpRequest.newBuilder(gateway.uri(ALERTMANAGER))
            .header("Authorization", "Bearer " + token)
            .POST(BodyPublishers.ofString(body)));
  }

  private static String token(TestCluster test, String namespace, String account)
      throws ApiException {
    AuthenticationV1TokenRequest request =
        new AuthenticationV1TokenRequest()
            .spec(new V1TokenRequestSpec().audiences(List.of("heal8s")).expirationSeconds(3600L));
    return Objects.requireNonNull(
            new CoreV1Api(test.admin())
                .createNamespacedServiceAccountToken(account, namespace, request)
                .execute()
                .getStatus())
        .getToken();
  }
}
