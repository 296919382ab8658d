// SPDX-License-Identifier: Apache-2.0
/**
 * The mathematics of conditions and the one writer of status. A transition time moves only when the
 * truth flips, every write says which generation it judged, and what is equal is not written at
 * all. Nothing here knows a kind: features bring their own records.
 */
@NullMarked
package io.heal8s.core.status;

import org.jspecify.annotations.NullMarked;
