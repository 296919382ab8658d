// SPDX-License-Identifier: Apache-2.0
/**
 * The operator's ports on a real API server: caches that informers fill, reads on demand, patches
 * of workloads and the one writer of status. Which fields of a status are the operator's is said
 * here and nowhere else. Nothing here judges.
 */
@NullMarked
package io.heal8s.operator.cluster;

import org.jspecify.annotations.NullMarked;
