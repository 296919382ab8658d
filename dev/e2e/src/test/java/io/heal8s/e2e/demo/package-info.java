// SPDX-License-Identifier: Apache-2.0
/** The demo as people start it, where it needs something that this machine cannot reach. */
@NullMarked
package io.heal8s.e2e.demo;

import org.jspecify.annotations.NullMarked;
