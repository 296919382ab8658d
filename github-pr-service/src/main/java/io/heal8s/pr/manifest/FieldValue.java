// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import org.jspecify.annotations.Nullable;

/**
 * What a file holds where a change points.
 *
 * @param change the change that was asked about
 * @param value the value's text as the file means it, quotes and escapes resolved; null when the
 *     field is absent or null
 * @param line line of the value, from 1; of the nearest map above it when it is absent
 */
public record FieldValue(Change change, @Nullable String value, int line) {}
