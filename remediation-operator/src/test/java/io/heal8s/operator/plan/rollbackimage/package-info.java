// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of RollbackImage: every reason not to blame an image, and each way back. The plan that
 * comes out is judged, not how it is made. No API server is needed.
 */
@NullMarked
package io.heal8s.operator.plan.rollbackimage;

import org.jspecify.annotations.NullMarked;
