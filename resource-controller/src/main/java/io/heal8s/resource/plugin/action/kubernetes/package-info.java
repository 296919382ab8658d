// SPDX-License-Identifier: Apache-2.0
/**
 * Applies manifests that are rendered from a spec, under an account of their own. What a resource
 * applied is kept in an apply set whose parent is a ConfigMap, so that what a spec no longer
 * renders is pruned and a deletion finds everything, whenever a process was killed. Off unless it
 * is named.
 */
@NullMarked
package io.heal8s.resource.plugin.action.kubernetes;

import org.jspecify.annotations.NullMarked;
