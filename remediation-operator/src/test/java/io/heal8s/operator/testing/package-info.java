// SPDX-License-Identifier: Apache-2.0
/**
 * Objects that tests of the operator are about: Remediations, policies and workloads, written down
 * in few words. Nothing here decides. Times are offsets from one fixed instant.
 */
@NullMarked
package io.heal8s.operator.testing;

import org.jspecify.annotations.NullMarked;
