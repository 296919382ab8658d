// SPDX-License-Identifier: Apache-2.0
/** What patches come to. */
@NullMarked
package io.heal8s.operator.plan.patchresource;

import org.jspecify.annotations.NullMarked;
