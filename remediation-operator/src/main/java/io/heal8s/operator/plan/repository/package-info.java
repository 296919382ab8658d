// SPDX-License-Identifier: Apache-2.0
/**
 * Which repository, branch and file a plan goes to. The policy says it; what a Remediation or an
 * alert says is honoured only inside what the policy allows. Every path is filled and checked
 * before it is written down, because alerts can put text into it.
 */
@NullMarked
package io.heal8s.operator.plan.repository;

import org.jspecify.annotations.NullMarked;
