// SPDX-License-Identifier: Apache-2.0
/**
 * Reading the bodies that senders post. One reader walks the bytes once, strictly where we look and
 * blind to everything else; each sender's package says only how its dialect differs. A body is
 * accepted or refused as a whole, with the place that is wrong.
 */
@NullMarked
package io.heal8s.gateway.source;

import org.jspecify.annotations.NullMarked;
