// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of heal8s. Exactly one of {@code alert} and {@code detector} is set by a detector;
 * the CRD demands at least one.
 *
 * @param alert the alert behind it, null when a detector without alerts asked
 * @param detector who asked, null when an alert did
 * @param target what to repair; immutable
 * @param action what to do
 * @param strategy through git or directly, with or without approval
 * @param github where the manifest lives, honoured only where the policy allows that repository
 * @param trace W3C traceparent of the detection, null when it was not traced
 * @param verify overrides of the policy's verification
 * @param escalate next actions, in order, if verification fails
 * @param serviceAccountName account of the target's namespace that free-form actions run as
 */
public record RemediationSpec(
    @Nullable Alert alert,
    @Nullable Detector detector,
    Target target,
    ActionSpec action,
    Strategy strategy,
    @Nullable GitHub github,
    @Nullable String trace,
    @Nullable Verify verify,
    @Nullable List<ActionSpec> escalate,
    @Nullable String serviceAccountName) {}
