// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.util.List;
import java.util.function.IntConsumer;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.ApplicationListener;

/**
 * Ends a start that is made only for the JVM to record what a start needs. What the first probe
 * loads belongs to that: a service is not ready before it has answered one, so each page is asked
 * for once. Whether the answer is good does not matter; without an API server it is not.
 */
final class TrainingStart implements ApplicationListener<ApplicationReadyEvent> {

  /** A system property: it is the launcher's word to the process, no setting of a service. */
  static final String SETTING = "heal8s.training-start";

  private static final List<String> PAGES = List.of("/readyz", "/healthz", "/metrics");
  private static final int PATIENCE_MS = 10_000;

  private final ServiceConnectors connectors;
  private final IntConsumer exit;

  /**
   * @param exit ends the process with a code, in the ordinary way: the JVM writes its record then
   */
  TrainingStart(ServiceConnectors connectors, IntConsumer exit) {
    this.connectors = connectors;
    this.exit = exit;
  }

  @Override
  public void onApplicationEvent(ApplicationReadyEvent ready) {
    int port = connectors.localPort(ServicePortsAutoConfiguration.MANAGEMENT);
    PAGES.forEach(page -> ask("http://127.0.0.1:" + port + page));
    exit.accept(SpringApplication.exit(ready.getApplicationContext()));
  }

  private static void ask(String address) {
    try {
      HttpURLConnection connection =
          (HttpURLConnection) URI.create(address).toURL().openConnection();
      connection.setConnectTimeout(PATIENCE_MS);
      connection.setReadTimeout(PATIENCE_MS);
      connection.getResponseCode();
      connection.disconnect();
    } catch (IOException noAnswer) {
      throw new UncheckedIOException("no answer from " + address, noAnswer);
    }
  }
}
