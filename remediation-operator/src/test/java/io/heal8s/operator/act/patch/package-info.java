// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of patches and of where an object stands between before and after. Patches are applied by a
 * strict reading of RFC 6902, and the object that comes out is what is judged. No API server is
 * needed.
 */
@NullMarked
package io.heal8s.operator.act.patch;

import org.jspecify.annotations.NullMarked;
