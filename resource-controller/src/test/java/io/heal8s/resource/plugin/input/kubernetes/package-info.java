// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin on a real API server, under an account that may read its kinds and write their status
 * and finalizers, and a real database.
 */
@NullMarked
package io.heal8s.resource.plugin.input.kubernetes;

import org.jspecify.annotations.NullMarked;
