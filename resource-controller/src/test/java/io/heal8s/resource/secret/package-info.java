// SPDX-License-Identifier: Apache-2.0
/** What a reference reaches, and what it does not. */
@NullMarked
package io.heal8s.resource.secret;

import org.jspecify.annotations.NullMarked;
