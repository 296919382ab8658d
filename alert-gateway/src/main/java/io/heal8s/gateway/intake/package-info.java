// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a delivery into committed writes and an answer. An alert is answered for only after the API
 * server has stored its Remediation, has it already, or will never take it; nothing is kept in
 * memory between two deliveries. So any number of replicas take deliveries of one sender, without
 * knowing of each other.
 */
@NullMarked
package io.heal8s.gateway.intake;

import org.jspecify.annotations.NullMarked;
