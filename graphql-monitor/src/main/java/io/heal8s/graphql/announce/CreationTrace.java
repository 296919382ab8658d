// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.announce;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.runtime.Tracing;
import io.heal8s.graphql.change.StateDigest;
import java.util.Map;

/**
 * The trace that a change begins. Its ids are made of the Remediation's name and the object's uid:
 * whoever creates it again after a crash goes on in the same trace.
 */
final class CreationTrace {

  private static final int TRACE_DIGITS = 32;
  private static final int SPAN_DIGITS = 16;

  private CreationTrace() {}

  static Tracing.Work of(TargetApp app, String name, RemediationSpec spec) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    String digits = StateDigest.sha256(app.getMetadata().getUid() + "/" + name);
    String traceparent =
        "00-%s-%s-01"
            .formatted(
                digits.substring(0, TRACE_DIGITS),
                digits.substring(TRACE_DIGITS, TRACE_DIGITS + SPAN_DIGITS));
    ActionType action = spec.action().type();
    return new Tracing.Work(
        traceparent,
        "remediation created",
        Map.of(
            "heal8s.targetapp",
            key.toString(),
            "heal8s.remediation",
            key.namespace() + "/" + name,
            "heal8s.action",
            action == null ? "Unknown" : action.name()));
  }
}
