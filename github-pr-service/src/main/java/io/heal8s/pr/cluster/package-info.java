// SPDX-License-Identifier: Apache-2.0
/**
 * The pr service's side of the API server: the cache of Remediations and the one writer of its own
 * fields of their status. Nothing here judges.
 */
@NullMarked
package io.heal8s.pr.cluster;

import org.jspecify.annotations.NullMarked;
