// SPDX-License-Identifier: Apache-2.0
/**
 * Finds out who calls: by our own tokens, by those of an OpenID Connect issuer, by name and
 * password here or in a directory. A token names a user and nothing more counts in it: what the
 * user may do is read from the store each time. No secret is ever shown.
 */
@NullMarked
package io.heal8s.resource.auth;

import org.jspecify.annotations.NullMarked;
