// SPDX-License-Identifier: Apache-2.0
/**
 * The webhook of ph-operator's auto-healing, which its users' Alertmanagers call already. It knows
 * labels and annotations only: an alert without a status fires, and one without a fingerprint or a
 * start is still the same alert each time. What an alert leads to is up to the policy, as for any.
 */
@NullMarked
package io.heal8s.gateway.source.autoheal;

import org.jspecify.annotations.NullMarked;
