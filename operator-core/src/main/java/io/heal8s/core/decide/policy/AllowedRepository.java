// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.policy;

import io.heal8s.core.api.heal8s.remediationpolicy.RepositoryRule;
import java.util.List;

/**
 * A repository rule that holds, with the limits that another policy puts on it.
 *
 * @param rule the rule
 * @param limits rules of the cluster policy for the same repository; unless empty, at least one
 *     must match the target and the path as well
 */
public record AllowedRepository(RepositoryRule rule, List<RepositoryRule> limits) {

  public AllowedRepository {
    limits = List.copyOf(limits);
  }
}
