// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.admission;

import io.heal8s.resource.intake.Admission;
import java.net.URI;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Asks an Open Policy Agent. Its document is true or false, or {@code {"allow": …, "deny": […]}};
 * whatever is not clearly a yes is a no.
 */
public final class PolicyServer implements Admission {

  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final Admission before;
  private final URI url;
  private final Endpoint endpoint;

  /**
   * Makes it.
   *
   * @param before who is asked first; the policies see what they made of it
   * @param url data document, e.g. {@code https://opa:8181/v1/data/heal8s/admission}, which may lie
   *     in one's own network
   */
  public PolicyServer(Admission before, URI url, Endpoint endpoint) {
    this.before = before;
    this.url = url;
    this.endpoint = endpoint;
  }

  @Override
  public Verdict judge(Review review) {
    return switch (before.judge(review)) {
      case Verdict.Denied denied -> denied;
      case Verdict.Allowed allowed -> ask(review.withSpec(allowed.spec()));
    };
  }

  private Verdict ask(Review review) {
    ObjectNode question = JsonNodeFactory.instance.objectNode();
    ObjectNode input =
        question
            .putObject("input")
            .put("operation", review.operation().name())
            .put("user", review.username());
    input
        .putObject("resource")
        .put("name", review.name())
        .put("resource_type_name", review.typeName())
        .put("resource_type_version", review.typeVersion())
        .set("spec", review.spec());
    if (review.old() != null) {
      input.set("old_resource", review.old());
    }
    return switch (endpoint.postConfigured(url, question, TIMEOUT)) {
      case Endpoint.Answer.None none -> new Verdict.Denied("Policy check failed: " + none.why());
      case Endpoint.Answer.Json json -> read(json.body().path("result"), review);
    };
  }

  private static Verdict read(JsonNode result, Review review) {
    JsonNode denials = result.path("deny");
    if (denials.isArray() && !denials.isEmpty()) {
      return new Verdict.Denied(
          "Denied by policy: " + denials.path(0).asString(denials.path(0).toString()));
    }
    boolean allowed =
        result.isBoolean()
            ? result.booleanValue()
            : result.path("allow").booleanValue(denials.isArray());
    return allowed ? new Verdict.Allowed(review.spec()) : new Verdict.Denied("Denied by policy");
  }
}
