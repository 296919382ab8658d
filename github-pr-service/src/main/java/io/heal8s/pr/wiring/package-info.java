// SPDX-License-Identifier: Apache-2.0
/**
 * Puts the pr service together: settings, forges, the cache of Remediations and the one loop.
 * Nothing else knows Spring. A wrong setting ends the start with the name of the setting.
 */
@NullMarked
package io.heal8s.pr.wiring;

import org.jspecify.annotations.NullMarked;
