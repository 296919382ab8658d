// SPDX-License-Identifier: Apache-2.0
/**
 * What the monitor may want done for one application, and what it looked at: the state that was
 * seen beside what was recorded of it. Sealed, so that a new effect is a list of compile errors.
 * Records only, no behaviour.
 */
@NullMarked
package io.heal8s.graphql.intent;

import org.jspecify.annotations.NullMarked;
