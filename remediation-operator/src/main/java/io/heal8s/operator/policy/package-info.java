// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator tells people about a RemediationPolicy: whether it is honoured and, if not,
 * what to change. The rules themselves are merged in the core. Pure.
 */
@NullMarked
package io.heal8s.operator.policy;

import org.jspecify.annotations.NullMarked;
