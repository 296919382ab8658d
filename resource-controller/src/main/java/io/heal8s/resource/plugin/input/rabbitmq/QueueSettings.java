// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.input.rabbitmq;

import com.rabbitmq.client.ConnectionFactory;
import io.heal8s.resource.plugin.input.document.InputSettings;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLContext;

/**
 * Which queue of which server.
 *
 * @param uri amqp or amqps, without a password
 * @param queue its name
 * @param refused queue for what can never be stored
 * @param interval pause between two tries to connect
 * @param settings for what is read anew each time
 */
record QueueSettings(
    URI uri, String queue, String refused, Duration interval, InputSettings settings) {

  static final String NAME = "rabbitmq";
  private static final int SECONDS = 10;
  private static final Set<String> KNOWN =
      Set.of("uri", "queue", "refusedQueue", "interval", "username", "passwordFile");

  /**
   * Reads the settings.
   *
   * @return empty when no queue is named
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static Optional<QueueSettings> read(Map<String, String> given) {
    InputSettings settings = new InputSettings(NAME, given, KNOWN);
    Optional<String> queue = settings.text("queue");
    if (queue.isEmpty()) {
      return Optional.empty();
    }
    String uri = settings.text("uri", "amqp://localhost");
    return Optional.of(
        new QueueSettings(
            settings.address(
                "uri",
                uri,
                Set.of("amqp", "amqps"),
                "an amqp or amqps address without user and password; they are username and"
                    + " passwordFile"),
            queue.get(),
            settings.text("refusedQueue", queue.get() + ".refused"),
            settings.seconds("interval", Duration.ofSeconds(5)),
            settings));
  }

  /**
   * Makes connections with the password as it is now.
   *
   * @throws IOException when that cannot be read
   */
  ConnectionFactory factory() throws IOException {
    ConnectionFactory factory = new ConnectionFactory();
    try {
      factory.setUri(uri);
      if (uri.getScheme().equals("amqps")) {
        // The library's own default trusts everybody.
        factory.useSslProtocol(SSLContext.getDefault());
        factory.enableHostnameVerification();
      }
    } catch (URISyntaxException | GeneralSecurityException e) {
      throw new IOException(e);
    }
    settings.text("username").ifPresent(factory::setUsername);
    settings.file("passwordFile").ifPresent(factory::setPassword);
    factory.setAutomaticRecoveryEnabled(false);
    factory.setThreadFactory(Thread.ofVirtual().factory());
    factory.setConnectionTimeout(SECONDS * 1000);
    factory.setHandshakeTimeout(SECONDS * 1000);
    return factory;
  }

  /** For messages. */
  String shown() {
    return uri + " " + queue;
  }
}
