// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.Strategy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From an alert to an action.
 *
 * @param alertName glob over the alert name ({@code *} and {@code ?}), case-sensitive
 * @param labels regular expressions (RE2 subset of Java's, anchored at both ends) that the alert's
 *     labels must match; a missing label matches only an expression that matches the empty text
 * @param severity severities that match; empty or null means all
 * @param action what to do; null means: ignore the alert
 * @param strategy how; null means through git
 * @param escalate next actions, if verification fails; not supported yet
 */
public record Route(
    String alertName,
    @Nullable Map<String, String> labels,
    @Nullable List<String> severity,
    @Nullable ActionSpec action,
    @Nullable Strategy strategy,
    @Nullable List<ActionSpec> escalate) {}
