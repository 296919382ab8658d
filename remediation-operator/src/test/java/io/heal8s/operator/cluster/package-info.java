// SPDX-License-Identifier: Apache-2.0
/** Tests of what reaches out of the process. */
@NullMarked
package io.heal8s.operator.cluster;

import org.jspecify.annotations.NullMarked;
