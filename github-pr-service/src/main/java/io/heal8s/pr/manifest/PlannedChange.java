// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.FieldPath.Segment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A change that is to be written into a file.
 *
 * @param change what is wanted
 * @param document position of its document
 * @param segments its path from the document's root
 * @param path the same with positions instead of names; the same in the original and the result
 * @param before what the original holds; null when it is absent
 */
record PlannedChange(
    Change change,
    int document,
    List<Segment> segments,
    List<Object> path,
    @Nullable String before) {}
