// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.cluster;

import io.heal8s.core.http.outbound.NameResolver;
import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.core.http.outbound.OutboundSettings;
import io.heal8s.operator.act.ObjectReader;
import io.heal8s.operator.act.WebhookSender;
import io.heal8s.operator.intent.WebhookCall;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** Calls webhooks through the guarded client. */
public final class OutboundWebhooks implements WebhookSender, AutoCloseable {

  private static final Map<String, String> DEFAULTS =
      Map.of("Content-Type", "application/json", "User-Agent", "KCO-Operator/0.1.0");

  private final OwnServices services;
  private final OutboundHttpClient verified;
  private final OutboundHttpClient unverified;

  /**
   * Calls what these settings allow, and Services of the caller's own namespace.
   *
   * @param reader finds those Services
   */
  public OutboundWebhooks(OutboundSettings settings, ObjectReader reader) {
    this(settings, reader, NameResolver.system());
  }

  OutboundWebhooks(OutboundSettings settings, ObjectReader reader, NameResolver names) {
    this.services = new OwnServices(reader);
    this.verified = OutboundHttpClient.verified(settings, names);
    this.unverified = OutboundHttpClient.unverified(settings, names);
  }

  @Override
  public Reply send(WebhookCall call, String namespace, String body, String key) {
    URI uri;
    try {
      uri = new URI(call.url());
    } catch (URISyntaxException unreadable) {
      return new Reply.Refused("the address cannot be read");
    }
    OutboundRequest request = request(call, uri, body, key);
    return switch (services.find(namespace, uri)) {
      case OwnServices.Found.Elsewhere() -> sent(call, request);
      case OwnServices.Found.At(InetSocketAddress address) ->
          sent(call, request.toClusterAddress(address));
      case OwnServices.Found.Unfit(String message) -> new Reply.Refused(message);
      case OwnServices.Found.NotNow(String message) -> new Reply.Failed(message);
    };
  }

  private static OutboundRequest request(WebhookCall call, URI uri, String body, String key) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(DEFAULTS);
    headers.put("Idempotency-Key", key);
    headers.putAll(call.headers());
    String type = String.valueOf(headers.remove("Content-Type"));
    OutboundRequest request =
        OutboundRequest.of(call.method(), uri)
            .body(type, body.getBytes(StandardCharsets.UTF_8))
            .within(call.timeout());
    for (Map.Entry<String, String> header : headers.entrySet()) {
      request = request.header(header.getKey(), header.getValue());
    }
    return request;
  }

  private Reply sent(WebhookCall call, OutboundRequest request) {
    return switch ((call.verifyTls() ? verified : unverified).send(request)) {
      case OutboundResult.Response response -> new Reply.Answered(response.status());
      case OutboundResult.Refused(_, String message) -> new Reply.Refused(message);
      case OutboundResult.Failed(_, String message) -> new Reply.Failed(message);
    };
  }

  @Override
  public void close() {
    verified.close();
    unverified.close();
  }
}
