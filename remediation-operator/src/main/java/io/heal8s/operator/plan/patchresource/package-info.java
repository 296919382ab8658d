// SPDX-License-Identifier: Apache-2.0
/**
 * Before and after of a patch, as far as it can be told without sending it. Values of a Secret are
 * shown nowhere. Nothing here patches.
 */
@NullMarked
package io.heal8s.operator.plan.patchresource;

import org.jspecify.annotations.NullMarked;
