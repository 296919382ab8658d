// SPDX-License-Identifier: Apache-2.0
/**
 * The only code that heal8s services share. Services meet in the records of {@code api}; everything
 * else here is the machinery that each service would otherwise write again. Nothing in this module
 * knows a service, and only {@code boot} knows Spring.
 */
@NullMarked
package io.heal8s.core;

import org.jspecify.annotations.NullMarked;
