// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.secret;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.outbound.OutboundRequest;
import io.heal8s.core.http.outbound.OutboundResult;
import io.heal8s.core.http.secret.Secret;
import java.net.URI;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Secrets in Vault's second key-value engine: {@code vault:path/to/secret#key}. */
public final class VaultStore implements SecretReferences.Store {

  private static final Logger log = LoggerFactory.getLogger(VaultStore.class);

  private final Settings settings;
  private final OutboundHttpClient client;

  /**
   * Where Vault is.
   *
   * @param address e.g. {@code https://vault:8200}; it may lie in one's own network
   * @param token token
   * @param namespace empty for none
   * @param mount of the engine
   */
  public record Settings(URI address, Secret token, String namespace, String mount) {}

  /** Makes it; contacts nobody yet. */
  public VaultStore(Settings settings, OutboundHttpClient client) {
    this.settings = settings;
    this.client = client;
  }

  @Override
  public String scheme() {
    return "vault";
  }

  @Override
  public Optional<String> read(String reference) {
    String[] parts = reference.split("#", 2);
    if (parts.length != 2 || !parts[0].matches("[A-Za-z0-9._/-]+") || parts[0].contains("..")) {
      return Optional.empty();
    }
    String url =
        "%s/v1/%s/data/%s"
            .formatted(
                settings.address().toString().replaceFirst("/$", ""), settings.mount(), parts[0]);
    OutboundRequest request =
        OutboundRequest.of("GET", URI.create(url))
            .toConfiguredAddress()
            .header("X-Vault-Token", settings.token().reveal());
    if (!settings.namespace().isEmpty()) {
      request = request.header("X-Vault-Namespace", settings.namespace());
    }
    OutboundResult result = client.send(request);
    if (result instanceof OutboundResult.Response response && response.status() == 200) {
      return value(response.body().bytes(), parts[1]);
    }
    log.warn("Vault did not give the secret {}", parts[0]);
    return Optional.empty();
  }

  private static Optional<String> value(byte[] body, String key) {
    try {
      JsonNode found = JsonMapper.shared().readTree(body).path("data").path("data").path(key);
      return found.isString() ? Optional.of(found.stringValue()) : Optional.empty();
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }
}
