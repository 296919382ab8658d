// SPDX-License-Identifier: Apache-2.0
/**
 * Whole services, charts and workflows against a real control plane. What one module can show by
 * itself belongs to that module's tests. Everything started here is stopped here.
 */
@NullMarked
package io.heal8s.e2e;

import org.jspecify.annotations.NullMarked;
