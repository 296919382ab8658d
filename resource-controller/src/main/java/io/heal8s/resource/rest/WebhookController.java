// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.AdmissionWebhook;
import io.heal8s.resource.access.AdmissionWebhook.FailurePolicy;
import io.heal8s.resource.access.AdmissionWebhook.Kind;
import io.heal8s.resource.access.Operation;
import io.heal8s.resource.access.SystemPermission;
import io.heal8s.resource.access.WebhookStore;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Admission webhooks. */
@RestController
@RequestMapping("/api/v1/admission-webhooks")
public final class WebhookController {

  private static final Set<String> KINDS = Set.of("validating", "mutating");
  private static final Set<String> POLICIES = Set.of("Fail", "Ignore");
  private static final Set<String> OPERATIONS = Set.of("CREATE", "UPDATE", "DELETE");
  private static final int LONGEST_TIMEOUT = 30;
  private static final int LONGEST_NAME = 255;
  private static final int LONGEST_VERSION = 50;

  private final WebhookStore webhooks;
  private final JsonBody bodies;

  public WebhookController(WebhookStore webhooks, JsonBody bodies) {
    this.webhooks = webhooks;
    this.bodies = bodies;
  }

  @PostMapping
  ResponseEntity<JsonNode> create(HttpServletRequest request) {
    Callers.admin(request);
    AdmissionWebhook webhook = read(bodies.object(request), 0);
    return webhooks
        .create(webhook)
        .<ResponseEntity<JsonNode>>map(
            created -> ResponseEntity.status(201).body(AccessDocuments.of(created)))
        .orElseThrow(
            () -> ApiException.of(409, "Webhook %s already exists".formatted(webhook.name())));
  }

  private static AdmissionWebhook read(Body body, long id) {
    String name = body.string("name");
    body.length("name", name, 1, LONGEST_NAME);
    String url = body.string("webhook_url");
    if (body.raw("webhook_url").isString() && !isAddress(url)) {
      body.broken("webhook_url", "webhook_url must be an http or https address");
    }
    Kind kind =
        body.choice(
            "webhook_type", true, KINDS, word -> Kind.valueOf(word.toUpperCase(Locale.ROOT)));
    FailurePolicy policy =
        body.choice(
            "failure_policy",
            false,
            POLICIES,
            word -> FailurePolicy.valueOf(word.toUpperCase(Locale.ROOT)));
    AdmissionWebhook webhook =
        new AdmissionWebhook(
            id,
            name,
            url,
            Objects.requireNonNullElse(kind, Kind.VALIDATING),
            operations(body),
            word(body, "resource_type_name", LONGEST_NAME),
            word(body, "resource_type_version", LONGEST_VERSION),
            body.integer("timeout_seconds", 10, 1, LONGEST_TIMEOUT),
            Objects.requireNonNullElse(policy, FailurePolicy.FAIL),
            body.integer("ordering", 0, -1_000_000, 1_000_000),
            Instant.EPOCH,
            Instant.EPOCH);
    body.check();
    return webhook;
  }

  private static @Nullable String word(Body body, String field, int longest) {
    String word = body.optionalString(field);
    if (word != null) {
      body.length(field, word, 1, longest);
    }
    return word;
  }

  private static Set<Operation> operations(Body body) {
    Set<Operation> operations = new LinkedHashSet<>();
    body.requiredList("operations");
    for (String word : body.strings("operations")) {
      if (OPERATIONS.contains(word)) {
        operations.add(Operation.valueOf(word));
      } else {
        body.badChoice(
            body.at("operations"), OPERATIONS, JsonNodeFactory.instance.stringNode(word));
      }
    }
    return operations;
  }

  private static boolean isAddress(String url) {
    try {
      URI uri = URI.create(url);
      return uri.getHost() != null && Set.of("http", "https").contains(uri.getScheme());
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  @GetMapping
  ResponseEntity<JsonNode> list(
      HttpServletRequest request,
      @RequestParam(name = "resource_type_name", required = false) @Nullable String type,
      @RequestParam(name = "resource_type_version", required = false) @Nullable String version,
      @RequestParam(name = "webhook_type", required = false) @Nullable String kind,
      @RequestParam(required = false) @Nullable String limit) {
    Callers.require(request, SystemPermission.VIEW_WEBHOOKS);
    ArrayNode page = JsonNodeFactory.instance.arrayNode();
    String word = Parameters.filter(kind);
    if (word == null || KINDS.contains(word)) {
      webhooks
          .list(
              Parameters.filter(type),
              Parameters.filter(version),
              word == null ? null : Kind.valueOf(word.toUpperCase(Locale.ROOT)),
              Parameters.limit(limit, 100))
          .forEach(webhook -> page.add(AccessDocuments.of(webhook)));
    }
    return ResponseEntity.ok(page);
  }

  @GetMapping("/{id}")
  ResponseEntity<JsonNode> get(HttpServletRequest request, @PathVariable String id) {
    Callers.require(request, SystemPermission.VIEW_WEBHOOKS);
    return ResponseEntity.ok(AccessDocuments.of(webhook(id)));
  }

  @PutMapping("/{id}")
  ResponseEntity<JsonNode> put(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    AdmissionWebhook now = webhook(id);
    ObjectNode whole = AccessDocuments.of(now);
    whole.setAll((ObjectNode) bodies.object(request).raw());
    AdmissionWebhook changed = read(Body.of(whole), now.id());
    return webhooks
        .update(changed)
        .<ResponseEntity<JsonNode>>map(stored -> ResponseEntity.ok(AccessDocuments.of(stored)))
        .orElseThrow(
            () -> ApiException.of(409, "Webhook %s already exists".formatted(changed.name())));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Void> delete(HttpServletRequest request, @PathVariable String id) {
    Callers.admin(request);
    if (!webhooks.delete(Parameters.id("webhook_id", id))) {
      throw ApiException.notFound("Webhook");
    }
    return ResponseEntity.noContent().build();
  }

  private AdmissionWebhook webhook(String id) {
    return webhooks
        .find(Parameters.id("webhook_id", id))
        .orElseThrow(() -> ApiException.notFound("Webhook"));
  }
}
