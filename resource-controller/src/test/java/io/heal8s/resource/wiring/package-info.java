// SPDX-License-Identifier: Apache-2.0
/** The service as its clients see it, on a real database. */
@NullMarked
package io.heal8s.resource.wiring;

import org.jspecify.annotations.NullMarked;
