// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin on a real API server, under an account that may no more than it needs. What the server
 * has afterwards is what counts.
 */
@NullMarked
package io.heal8s.resource.plugin.action.kubernetes;

import org.jspecify.annotations.NullMarked;
