// SPDX-License-Identifier: Apache-2.0
/**
 * Resources from custom resources, one kind for each type, so that whoever speaks to the Kubernetes
 * API reaches them. How they are is written back to their status, and a deletion waits until the
 * resource is gone. Off unless it is named.
 */
@NullMarked
package io.heal8s.resource.plugin.input.kubernetes;

import org.jspecify.annotations.NullMarked;
