// SPDX-License-Identifier: Apache-2.0
/** Tokens of others, at an issuer that is played here. */
@NullMarked
package io.heal8s.resource.auth;

import org.jspecify.annotations.NullMarked;
