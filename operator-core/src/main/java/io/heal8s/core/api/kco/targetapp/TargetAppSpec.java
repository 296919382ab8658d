// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.kco.targetapp;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What to ask and what to do.
 *
 * @param selector the application's pods; not looked at with an absolute URL or a service
 * @param service a Service of the namespace to ask instead of single pods
 * @param graphqlEndpoint a path, or an absolute http or https URL; {@code /graphql} by default
 * @param scheme null means http
 * @param port number (Long) or name (String) of the port of pods or Service; null means 8080
 * @param poll null means one
 * @param tls null means the well-known authorities
 * @param headers headers of every request
 * @param stateQuery the GraphQL document whose data is the state
 * @param variables variables of the document
 * @param subscription null means polling
 * @param pollingInterval seconds, 5 to 3600; 30 by default
 * @param timeout seconds of one request, 1 to 60; 10 by default
 * @param maxRetries further tries of a failed poll, 0 to 10; 3 by default
 * @param actions what to do when the state changes; never null after reading
 */
public record TargetAppSpec(
    @Nullable Selector selector,
    @Nullable ServiceReference service,
    @Nullable String graphqlEndpoint,
    @Nullable Scheme scheme,
    @Nullable Object port,
    @Nullable Poll poll,
    @Nullable Tls tls,
    @Nullable List<Header> headers,
    String stateQuery,
    @Nullable Map<String, Object> variables,
    @Nullable Subscription subscription,
    @Nullable Integer pollingInterval,
    @Nullable Integer timeout,
    @Nullable Integer maxRetries,
    @Nullable List<AppAction> actions) {

  /** How to talk to pods and Services. */
  public enum Scheme {
    http,
    https
  }

  /** How many of the ready pods are asked. */
  public enum Poll {
    one,
    all
  }

  /** The actions, empty when none are set. */
  public List<AppAction> actionsOrEmpty() {
    return actions == null ? List.of() : actions;
  }
}
