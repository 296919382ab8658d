// SPDX-License-Identifier: Apache-2.0
/** The stories of the demo as people start them; those of the resource controller are with it. */
@NullMarked
package io.heal8s.e2e.demo;

import org.jspecify.annotations.NullMarked;
