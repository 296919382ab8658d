// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import org.jspecify.annotations.Nullable;

/**
 * One change as it was made.
 *
 * @param change the planned change
 * @param line line of the edited file that holds the value, from 1; of the map it was taken from
 *     when it was removed
 * @param before value that the file held, null when the field was absent
 * @param after value that the file holds now, null when the field was removed
 */
public record LineEdit(Change change, int line, @Nullable String before, @Nullable String after) {}
