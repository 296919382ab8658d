// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import io.heal8s.operator.target.Known;
import io.heal8s.operator.target.LiveObject;
import io.heal8s.operator.target.Query;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an approval can be believed: only while the admission policy that ties the annotation to
 * the person is in force.
 */
public final class ApprovalGuard {

  /** Name of the ValidatingAdmissionPolicy and of its binding. */
  public static final String NAME = "heal8s-approval";

  private static final String API = "admissionregistration.k8s.io/v1";
  private static final Query.Get POLICY = new Query.Get(API, "ValidatingAdmissionPolicy", "", NAME);
  private static final Query.Get BINDING =
      new Query.Get(API, "ValidatingAdmissionPolicyBinding", "", NAME);

  /** What must be read to know. */
  public static final Set<Query> QUERIES = Set.of(POLICY, BINDING);

  private ApprovalGuard() {}

  /** Whether policy and binding are there, refuse on failure, and deny. */
  public static boolean installed(Known known) {
    Optional<LiveObject> policy = known.one(POLICY);
    Optional<LiveObject> binding = known.one(BINDING);
    return policy.isPresent()
        && !policy.get().text("spec.failurePolicy").equals("Ignore")
        && binding.isPresent()
        && binding.get().text("spec.policyName").equals(NAME)
        && denies(binding.get());
  }

  private static boolean denies(LiveObject binding) {
    if (!(binding.at("spec.validationActions").orElse(null) instanceof JsonArray actions)) {
      return false;
    }
    for (JsonElement action : actions) {
      if (action.getAsString().equals("Deny")) {
        return true;
      }
    }
    return false;
  }
}
