// SPDX-License-Identifier: Apache-2.0
/**
 * From what a detector named to the object that must change. Pure: what must be read from the API
 * server is asked for as {@link io.heal8s.operator.target.Query} and answered by the effects. A
 * missing object is an answer, not an exception.
 */
@NullMarked
package io.heal8s.operator.target;

import org.jspecify.annotations.NullMarked;
