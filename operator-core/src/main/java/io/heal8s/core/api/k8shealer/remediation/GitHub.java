// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the manifest lives, as the first release had it; honoured only where the policy allows the
 * repository.
 *
 * @param enabled null means true
 * @param owner account or organisation
 * @param repo repository name
 * @param baseBranch null means {@code main}
 * @param manifestPath path template with {@code {environment}}, {@code {namespace}}, {@code {name}}
 * @param prTitleTemplate title with {@code {action}}, {@code {target}}, {@code {namespace}}, {@code
 *     {alert}}
 * @param prLabels labels of the pull request
 * @param autoMerge null means false
 */
public record GitHub(
    @Nullable Boolean enabled,
    String owner,
    String repo,
    @Nullable String baseBranch,
    String manifestPath,
    @Nullable String prTitleTemplate,
    @Nullable List<String> prLabels,
    @Nullable Boolean autoMerge) {}
