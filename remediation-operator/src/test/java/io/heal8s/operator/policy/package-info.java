// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator says of policies, as a table. Nothing here needs a cluster. Each row says why
 * it must be so.
 */
@NullMarked
package io.heal8s.operator.policy;

import org.jspecify.annotations.NullMarked;
