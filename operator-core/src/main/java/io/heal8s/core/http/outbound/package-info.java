// SPDX-License-Identifier: Apache-2.0
/**
 * The one client by which services call addresses that others name. It checks the address, connects
 * to exactly what it checked, and gives up on whatever is too long, too slow or too clever. Results
 * are values: a refusal and a failure are no exceptions, and neither holds a byte of what was
 * received.
 */
@NullMarked
package io.heal8s.core.http.outbound;

import org.jspecify.annotations.NullMarked;
