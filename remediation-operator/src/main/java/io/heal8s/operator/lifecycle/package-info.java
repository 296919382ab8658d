// SPDX-License-Identifier: Apache-2.0
/**
 * The life of a Remediation as a pure function: from the status it has, the others of its target
 * and what was read just now to the next status or the next effect. {@code docs/spec/lifecycle.md}
 * draws it. What must be read is asked for, so that at rest nothing is read at all.
 */
@NullMarked
package io.heal8s.operator.lifecycle;

import org.jspecify.annotations.NullMarked;
