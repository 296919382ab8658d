// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.poll;

import io.heal8s.core.api.kco.targetapp.Subscription;
import io.heal8s.core.decide.Reason;
import io.heal8s.graphql.endpoint.EndpointReference;
import io.heal8s.graphql.exchange.HttpCall;
import java.time.Duration;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** How one app is to be polled. */
public sealed interface Setup {

  /** It is not there, or not ours. */
  record Gone() implements Setup {}

  /**
   * It cannot be polled now.
   *
   * @param version stands for what it was judged by: equal versions, equal setups
   * @param stalled whether somebody must change something
   */
  record Blocked(String version, Reason reason, String message, boolean stalled) implements Setup {}

  /**
   * It can.
   *
   * @param version stands for what it was made from: equal versions, equal setups
   * @param goodUntil when it must be made again because of its Secrets, monotonic nanoseconds
   * @param reference where
   * @param protocol how the app tells its state by itself; null where it is asked
   * @param call what
   * @param tls how, where the endpoint is encrypted
   * @param interval from poll to poll
   * @param timeout of one request
   * @param retries further requests of one poll after one that failed
   * @param everyAnswer whether an answer must be judged even if it is the same as the last one
   */
  record Ready(
      String version,
      long goodUntil,
      EndpointReference reference,
      Subscription.@Nullable Protocol protocol,
      HttpCall call,
      SSLSocketFactory tls,
      Duration interval,
      Duration timeout,
      int retries,
      boolean everyAnswer)
      implements Setup {}

  /** The one {@link Gone}. */
  Setup GONE = new Gone();
}
