// SPDX-License-Identifier: Apache-2.0
/**
 * Tests with the real program where it is here, and of what is decided without it. It takes longer
 * to build than all tests, so it is not built for them; one skipped line says so.
 */
@NullMarked
package io.heal8s.resource.plugin.action.opentofu;

import org.jspecify.annotations.NullMarked;
