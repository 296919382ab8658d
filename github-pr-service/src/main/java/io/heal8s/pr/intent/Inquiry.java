// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.intent;

import io.heal8s.core.api.k8shealer.remediation.Repository;
import org.jspecify.annotations.Nullable;

/**
 * One pull request of ours that a forge is asked about.
 *
 * @param lane which of the Remediation's pull requests
 * @param repository where it is, or would be
 * @param branch its head branch, deterministic
 * @param marker what makes that branch ours
 * @param probe reads the values at the plan's paths
 * @param number number at the forge as recorded, null when unknown or for forges without numbers
 * @param headSHA commit that we pushed as recorded, null when unknown
 * @param baseSHA commit of the base that we branched from as recorded, null when unknown
 * @param withBase whether the base branch's file is wanted too; polling does without
 */
public record Inquiry(
    Lane lane,
    Repository repository,
    String branch,
    Marker marker,
    ValueProbe probe,
    @Nullable Integer number,
    @Nullable String headSHA,
    @Nullable String baseSHA,
    boolean withBase) {}
