// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.exchange;

import io.heal8s.core.api.kco.targetapp.Subscription;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.endpoint.Destination;
import java.io.IOException;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.HttpException;

/**
 * Subscribes to the states of GraphQL endpoints, each over one connection to the vetted address.
 * Safe for any number of threads.
 */
public final class SubscriptionClient {

  private final Scheduler scheduler;
  private final int maxBytes;
  private final int maxDepth;

  /**
   * @param maxBytes largest message that is read
   * @param maxDepth deepest state that is read
   */
  public SubscriptionClient(Scheduler scheduler, int maxBytes, int maxDepth) {
    this.scheduler = scheduler;
    this.maxBytes = maxBytes;
    this.maxDepth = maxDepth;
  }

  /**
   * Subscribes; blocks at most for the timeout.
   *
   * @param call its body is the request, its headers are sent
   * @param tls for encrypted destinations
   * @param silence how long a server may say nothing before it is asked whether it is there; one
   *     that cannot be asked may say nothing three times as long
   */
  public StateStream.Opening open(
      Destination destination,
      HttpCall call,
      Subscription.Protocol protocol,
      SSLSocketFactory tls,
      Duration timeout,
      Duration silence) {
    HttpConnection connection = new HttpConnection(destination);
    Scheduler.Wakeup alarm = scheduler.after(timeout, connection::cutOff);
    try {
      connection.open(destination.tls() ? tls : null, (int) Math.max(1, timeout.toMillis()));
      StateStream.Opening opening =
          switch (protocol) {
            case GRAPHQL_WS -> WebSocketStream.open(connection, call, maxBytes, maxDepth, silence);
            case SSE -> SseStream.open(connection, call, maxBytes, maxDepth, silence);
          };
      if (opening instanceof StateStream.Opening.Refused) {
        connection.close();
      }
      return opening;
    } catch (IOException | HttpException broken) {
      connection.close();
      return new StateStream.Opening.Refused(Breaks.explain(connection, broken));
    } finally {
      alarm.cancel();
    }
  }
}
