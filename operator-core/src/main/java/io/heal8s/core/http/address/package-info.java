// SPDX-License-Identifier: Apache-2.0
/**
 * What an IP address is and whether we may connect to it. Everything here is pure: no name is
 * resolved and no socket is opened. The ranges are those of the IANA special-purpose registries
 * plus the metadata services of the large clouds.
 */
@NullMarked
package io.heal8s.core.http.address;

import org.jspecify.annotations.NullMarked;
