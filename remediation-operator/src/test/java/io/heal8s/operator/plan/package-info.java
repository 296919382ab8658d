// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of what all plans share: identity, text, and the golden cases from a Remediation in a
 * cluster to its plan. Run with -Dgolden.update=true to write the golden plans anew, and read the
 * difference before it is committed.
 */
@NullMarked
package io.heal8s.operator.plan;

import org.jspecify.annotations.NullMarked;
