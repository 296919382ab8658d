// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.k8shealer.remediation.Verify;
import io.heal8s.core.decide.RuleChain;
import io.heal8s.core.decide.Verdict;
import io.heal8s.core.decide.policy.Glob;
import io.heal8s.operator.intent.EffectKind;
import io.heal8s.operator.intent.ParsedAction;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is judged before anything about the target is read: a Remediation that may not touch a
 * namespace must not learn from its plan what is in there either.
 */
final class AdmissionRules {

  private static final Gson JSON = new GsonBuilder().disableHtmlEscaping().create();

  static final RuleChain<GateRequest> CHAIN =
      new RuleChain<>(
          List.of(
              AdmissionRules::policyUsable,
              AdmissionRules::valuesKnown,
              AdmissionRules::argumentsShort,
              AdmissionRules::fieldsSupported,
              AdmissionRules::actionAllowed,
              AdmissionRules::freeFormAllowedThere,
              AdmissionRules::namespaceAllowed));

  private AdmissionRules() {}

  private static Optional<Verdict> policyUsable(GateRequest request, Instant now) {
    return request.policy().problems().stream()
        .findFirst()
        .map(
            problem ->
                new Verdict(
                    GateReason.PolicyNotUsable,
                    "the RemediationPolicy of this namespace or of the cluster cannot be used: "
                        + problem.message()));
  }

  private static Optional<Verdict> valuesKnown(GateRequest request, Instant now) {
    if (request.remediation().spec().action().type() != null) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            GateReason.UnsupportedValue,
            "spec.action.type is missing or unknown to this release; upgrade the operator or write"
                + " another action"));
  }

  // No schema can bound a free object. A longer one is no argument but a load: every plan, every
  // status and every pull request would carry it.
  private static Optional<Verdict> argumentsShort(GateRequest request, Instant now) {
    Map<String, Object> arguments = request.remediation().spec().action().arguments();
    int bytes =
        arguments == null ? 0 : JSON.toJson(arguments).getBytes(StandardCharsets.UTF_8).length;
    return bytes <= ParsedAction.MOST_ARGUMENTS
        ? Optional.empty()
        : Optional.of(
            new Verdict(
                GateReason.UnsupportedValue,
                "spec.action.arguments is "
                    + bytes
                    + " bytes long and may have at most "
                    + ParsedAction.MOST_ARGUMENTS
                    + "; create a Remediation with shorter ones"));
  }

  private static Optional<Verdict> fieldsSupported(GateRequest request, Instant now) {
    RemediationSpec spec = request.remediation().spec();
    Verify verify = spec.verify();
    if (verify != null && verify.query() != null) {
      return notYet("spec.verify.query");
    }
    if (verify != null && verify.condition() != null) {
      return notYet("spec.verify.condition");
    }
    if (spec.escalate() != null && !spec.escalate().isEmpty()) {
      return notYet("spec.escalate");
    }
    return Optional.empty();
  }

  private static Optional<Verdict> notYet(String field) {
    return Optional.of(
        new Verdict(GateReason.NotSupportedYet, field + " is not supported yet; remove it"));
  }

  private static Optional<Verdict> actionAllowed(GateRequest request, Instant now) {
    var type = request.remediation().spec().action().type();
    if (type == null || request.policy().allowedActions().contains(type)) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            GateReason.ActionNotAllowed,
            "the RemediationPolicy does not allow "
                + type
                + "; add it to spec.allow.actions to allow it"));
  }

  private static Optional<Verdict> freeFormAllowedThere(GateRequest request, Instant now) {
    var type = request.remediation().spec().action().type();
    String namespace = request.remediation().spec().target().namespace();
    boolean guarded = namespace.startsWith("kube-") || namespace.equals(request.site().namespace());
    if (!EffectKind.of(type).runsAsAccount() || !guarded) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            GateReason.ActionNotAllowed,
            type + " never runs in namespace " + namespace + "; name a target elsewhere"));
  }

  private static Optional<Verdict> namespaceAllowed(GateRequest request, Instant now) {
    String own = request.candidate().namespace();
    String wanted = request.remediation().spec().target().namespace();
    if (own.equals(wanted)) {
      return Optional.empty();
    }
    String suite = request.site().namespace();
    if (!own.equals(suite)) {
      return Optional.of(
          new Verdict(
              GateReason.CrossNamespaceNotAllowed,
              "it is in namespace "
                  + own
                  + " but targets namespace "
                  + wanted
                  + "; create it in "
                  + wanted));
    }
    if (Glob.anyMatches(request.policy().targetNamespaces(), wanted)) {
      return Optional.empty();
    }
    return Optional.of(
        new Verdict(
            GateReason.CrossNamespaceNotAllowed,
            "the cluster policy does not open namespace "
                + wanted
                + "; add it to spec.allow.targetNamespaces of RemediationPolicy "
                + suite
                + "/default"));
  }
}
