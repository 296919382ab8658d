// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.KubernetesApi;
import io.heal8s.core.effect.KubernetesReader;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import org.junit.jupiter.api.Test;

/** The newest Remediations of an app that asked for many. */
class RemediationListTest {

  private static final int PAGES = 5;
  private static final int ON_A_PAGE = 100;

  private final List<String> asked = new ArrayList<>();

  @Test
  void theNewestAreFoundPageByPage() {
    RemediationList list = new RemediationList(new KubernetesReader(api()));
    TargetApp app =
        new TargetApp(
            TargetApp.API_VERSION,
            TargetApp.KIND,
            new V1ObjectMeta().namespace("team-a").name("shop").uid("uid-1"),
            null,
            null);

    assertThat(list.of(app, 3).stream().map(RemediationList.View::name))
        .containsExactly("r-498", "r-496", "r-494");
    assertThat(asked).hasSize(PAGES).allMatch("100"::equals);
  }

  private KubernetesApi api() {
    ApiClient client = new ApiClient();
    client.setBasePath("http://api.invalid");
    client.setHttpClient(new OkHttpClient.Builder().addInterceptor(this::page).build());
    return new KubernetesApi(client, Duration.ofSeconds(5));
  }

  private Response page(Interceptor.Chain chain) {
    asked.add(String.valueOf(chain.request().url().queryParameter("limit")));
    String token = chain.request().url().queryParameter("continue");
    int page = token == null ? 0 : Integer.parseInt(token);
    String items =
        IntStream.range(page * ON_A_PAGE, (page + 1) * ON_A_PAGE)
            .mapToObj(RemediationListTest::remediation)
            .collect(Collectors.joining(","));
    String next = page + 1 < PAGES ? Integer.toString(page + 1) : "";
    return new Response.Builder()
        .request(chain.request())
        .protocol(Protocol.HTTP_1_1)
        .code(200)
        .message("played")
        .body(
            ResponseBody.create(
                "{\"metadata\":{\"resourceVersion\":\"1\",\"continue\":\"%s\"},\"items\":[%s]}"
                    .formatted(next, items),
                MediaType.get("application/json")))
        .build();
  }

  // Of every second one the label is somebody else's work.
  private static String remediation(int number) {
    return """
    {"apiVersion": "k8s-healer.io/v1alpha1", "kind": "Remediation",
     "metadata": {"name": "r-%d", "namespace": "team-a", "creationTimestamp": "%s"},
     "spec": {"detector": {"kind": "TargetApp", "name": "shop", "uid": "%s"},
       "target": {"apiVersion": "apps/v1", "kind": "Deployment", "name": "shop"},
       "action": {"type": "RestartPods"}}}
    """
        .formatted(
            number,
            Instant.parse("2026-01-01T00:00:00Z").plusSeconds(number),
            number % 2 == 0 ? "uid-1" : "uid-2");
  }
}
