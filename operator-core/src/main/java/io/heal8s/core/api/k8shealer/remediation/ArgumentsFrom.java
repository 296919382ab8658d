// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.Nullable;

/**
 * A reference to an action written down in the detector's own object, so that no url, body or
 * header is copied.
 *
 * @param kind kind of the object, {@code TargetApp}
 * @param name its name
 * @param uid its uid; another object of the same name is refused
 * @param actionIndex index of the action in that object's list, from 0
 * @param sha256 hex SHA-256 of the action as it was when the detector fired
 */
public record ArgumentsFrom(
    String kind, String name, @Nullable String uid, Integer actionIndex, String sha256) {}
