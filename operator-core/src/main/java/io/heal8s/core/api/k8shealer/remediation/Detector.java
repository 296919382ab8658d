// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.Nullable;

/**
 * The object that asked for a Remediation without an alert.
 *
 * @param kind kind of the detecting object, e.g. {@code TargetApp}
 * @param name its name, in the Remediation's namespace
 * @param uid its uid, null when a person wrote the Remediation
 * @param reason why it asked, a CamelCase word
 */
public record Detector(String kind, String name, @Nullable String uid, String reason) {}
