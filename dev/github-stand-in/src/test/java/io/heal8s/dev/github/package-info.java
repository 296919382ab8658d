// SPDX-License-Identifier: Apache-2.0
/** Tests of the stand-in: what it lets pass must be what GitHub describes. */
@NullMarked
package io.heal8s.dev.github;

import org.jspecify.annotations.NullMarked;
