// SPDX-License-Identifier: Apache-2.0
/**
 * What the operator may want done, as sealed types: the actions it knows and the effects it has.
 * Nothing here decides or acts. Adding a type makes the compiler list every place that must know
 * it.
 */
@NullMarked
package io.heal8s.operator.intent;

import org.jspecify.annotations.NullMarked;
