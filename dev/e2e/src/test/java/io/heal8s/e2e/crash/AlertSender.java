// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.crash;

import io.heal8s.dev.suite.SuiteOnCluster;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/**
 * Sends one alert until it is accepted, as Alertmanager does: again after no answer and after 5xx.
 */
public final class AlertSender {

  private static final String BODY =
      """
      {"version": "4", "groupKey": "{}", "status": "firing", "receiver": "heal8s", "groupLabels": {},
       "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://alertmanager.example",
       "alerts": [{"status": "firing", "startsAt": "2026-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z",
       "generatorURL": "", "fingerprint": "%1$s", "annotations": {},
       "labels": {"alertname": "KubePodOOMKilled", "namespace": "%1$s", "deployment": "api",
       "container": "api", "severity": "critical"}}]}
      """;

  private final SuiteOnCluster suite;
  private final Map<String, String> headers;
  private final HttpClient http = HttpClient.newHttpClient();

  AlertSender(SuiteOnCluster suite) {
    this(suite, Map.of());
  }

  /** One that sends more headers. */
  public AlertSender(SuiteOnCluster suite, Map<String, String> headers) {
    this.suite = suite;
    this.headers = Map.copyOf(headers);
  }

  /** Sends the alert of a namespace as Alertmanager would, again and again until it is taken. */
  public void sendUntilAccepted(String namespace) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(120))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> send(namespace) == 200);
  }

  private int send(String namespace) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(suite.webhook())
            .header("Authorization", "Bearer " + Files.readString(suite.tokenFile()))
            .header("Content-Type", "application/json")
            .timeout(Duration.ofSeconds(10))
            .POST(HttpRequest.BodyPublishers.ofString(BODY.formatted(namespace)));
    headers.forEach(request::header);
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException noAnswer) {
      return 0;
    }
  }
}
