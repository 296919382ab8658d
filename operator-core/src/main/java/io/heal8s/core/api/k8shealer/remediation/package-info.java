// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code Remediation} of group {@code k8shealer.k8s-healer.io}: one repair, from the alert to
 * the proof. The CRD in {@code charts/crds} is the contract; these records mirror it field by
 * field. Components are boxed and may be null wherever the API server may leave them out, and enum
 * constants are spelled as on the wire.
 */
@NullMarked
package io.heal8s.core.api.k8shealer.remediation;

import org.jspecify.annotations.NullMarked;
