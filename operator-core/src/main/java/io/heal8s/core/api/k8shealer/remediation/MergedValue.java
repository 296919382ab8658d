// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.Nullable;

/**
 * A value that the base branch holds.
 *
 * @param path path of the {@link Change}
 * @param value its text, null when the field is absent
 * @param kind kind of the object when the change is not of the target itself
 * @param name name of the object when the change is not of the target itself
 */
public record MergedValue(
    String path, @Nullable String value, @Nullable String kind, @Nullable String name) {}
