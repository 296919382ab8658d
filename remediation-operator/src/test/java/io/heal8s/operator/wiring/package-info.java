// SPDX-License-Identifier: Apache-2.0
/**
 * The operator as a process: on a real control plane, under the rights of its chart. The parts are
 * tested elsewhere; here they meet what they were not written against. Each test has a namespace of
 * its own.
 */
@NullMarked
package io.heal8s.operator.wiring;

import org.jspecify.annotations.NullMarked;
