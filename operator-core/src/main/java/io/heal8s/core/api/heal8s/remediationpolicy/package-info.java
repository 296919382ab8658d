// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code RemediationPolicy} of group {@code heal8s.io}: what may be repaired, how, and through
 * which repository. The CRD in {@code charts/crds} is the contract; these records mirror it field
 * by field. Null always means "not set here", never a default.
 */
@NullMarked
package io.heal8s.core.api.heal8s.remediationpolicy;

import org.jspecify.annotations.NullMarked;
