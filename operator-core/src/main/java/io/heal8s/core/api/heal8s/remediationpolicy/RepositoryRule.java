// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.heal8s.remediationpolicy;

import io.heal8s.core.api.k8shealer.remediation.ValueMapping;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where the manifests of some workloads live. The first rule that matches the target is taken.
 *
 * @param namespaces globs over the target's namespace; null means all
 * @param matchLabels labels that the target must carry; null means any
 * @param forge id of the forge: {@code git}, {@code github}
 * @param repository {@code owner/name}, or a URL that git understands
 * @param baseBranch default {@code main}
 * @param path template of the manifest's path with {@code {environment}}, {@code {namespace}},
 *     {@code {name}}, {@code {kind}} (lower-case), {@code {container}}
 * @param pathGlob what a filled path must match; null means any relative path
 * @param values where the fields are when the file is not a manifest
 * @param reviewers who is asked to review
 * @param labels labels of the pull request; default {@code heal8s}
 * @param autoMerge whether the forge may merge by itself; default false
 * @param credentials name of mounted credentials of the pr service
 * @param titleTemplate title of the pull request
 */
public record RepositoryRule(
    @Nullable List<String> namespaces,
    @Nullable Map<String, String> matchLabels,
    String forge,
    String repository,
    @Nullable String baseBranch,
    String path,
    @Nullable String pathGlob,
    @Nullable List<ValueMapping> values,
    @Nullable List<String> reviewers,
    @Nullable List<String> labels,
    @Nullable Boolean autoMerge,
    @Nullable String credentials,
    @Nullable String titleTemplate) {}
