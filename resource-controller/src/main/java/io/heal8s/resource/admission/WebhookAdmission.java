// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.admission;

import io.heal8s.resource.access.AdmissionWebhook;
import io.heal8s.resource.access.AdmissionWebhook.FailurePolicy;
import io.heal8s.resource.access.AdmissionWebhook.Kind;
import io.heal8s.resource.access.WebhookStore;
import io.heal8s.resource.intake.Admission;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks the webhooks that people have registered: first those that may change the spec, in their
 * order, then those that only judge it.
 */
public final class WebhookAdmission implements Admission {

  private static final Logger log = LoggerFactory.getLogger(WebhookAdmission.class);
  private static final int MOST = 1_000;

  private final WebhookStore webhooks;
  private final Endpoint endpoint;

  /** Makes it. */
  public WebhookAdmission(WebhookStore webhooks, Endpoint endpoint) {
    this.webhooks = webhooks;
    this.endpoint = endpoint;
  }

  @Override
  public Verdict judge(Review review) {
    List<AdmissionWebhook> all = webhooks.list(null, null, null, MOST);
    Review now = review;
    for (Kind kind : List.of(Kind.MUTATING, Kind.VALIDATING)) {
      for (AdmissionWebhook webhook : all) {
        boolean asked =
            webhook.kind() == kind
                && webhook.concerns(now.operation(), now.typeName(), now.typeVersion());
        Verdict verdict = asked ? ask(webhook, now) : new Verdict.Allowed(now.spec());
        switch (verdict) {
          case Verdict.Denied denied -> {
            return denied;
          }
          case Verdict.Allowed allowed -> now = now.withSpec(allowed.spec());
        }
      }
    }
    return new Verdict.Allowed(now.spec());
  }

  private Verdict ask(AdmissionWebhook webhook, Review review) {
    Endpoint.Answer answer =
        endpoint.post(
            webhook.url(), question(review), Duration.ofSeconds(webhook.timeoutSeconds()));
    return switch (answer) {
      case Endpoint.Answer.None none -> silent(webhook, review, none.why());
      case Endpoint.Answer.Json json -> read(webhook, review, json.body());
    };
  }

  private Verdict read(AdmissionWebhook webhook, Review review, JsonNode body) {
    if (!body.path("allowed").isBoolean()) {
      return silent(webhook, review, "its answer does not say whether it is allowed");
    }
    if (!body.path("allowed").booleanValue()) {
      String message = body.path("message").asString("");
      return new Verdict.Denied(
          message.isEmpty() ? "Denied by admission webhook " + webhook.name() : message);
    }
    if (webhook.kind() == Kind.VALIDATING || body.path("patches").isEmpty()) {
      return new Verdict.Allowed(review.spec());
    }
    try {
      return new Verdict.Allowed(SpecPatch.applied(review.spec(), body.path("patches")));
    } catch (IllegalArgumentException e) {
      return silent(webhook, review, String.valueOf(e.getMessage()));
    }
  }

  private static Verdict silent(AdmissionWebhook webhook, Review review, String why) {
    log.warn("admission webhook {} gave no answer: {}", webhook.name(), why);
    return webhook.failurePolicy() == FailurePolicy.IGNORE
        ? new Verdict.Allowed(review.spec())
        : new Verdict.Denied("Admission webhook %s failed: %s".formatted(webhook.name(), why));
  }

  private static JsonNode question(Review review) {
    ObjectNode question =
        JsonNodeFactory.instance.objectNode().put("operation", review.operation().name());
    question
        .putObject("resource")
        .put("name", review.name())
        .put("resource_type_name", review.typeName())
        .put("resource_type_version", review.typeVersion())
        .set("spec", review.spec());
    return question.set(
        "old_resource", review.old() == null ? JsonNodeFactory.instance.nullNode() : review.old());
  }
}
