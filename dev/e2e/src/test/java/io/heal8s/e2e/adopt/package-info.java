// SPDX-License-Identifier: Apache-2.0
/**
 * Commands for those who come from another program, against a real API server. What they print is
 * applied, as a person would, and has to be what the server then allows.
 */
@NullMarked
package io.heal8s.e2e.adopt;

import org.jspecify.annotations.NullMarked;
