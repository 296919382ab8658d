// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.webhook;

/**
 * Who called.
 *
 * @param mode how that is known
 * @param name the file that holds the token or key, the subject of the certificate, or the user
 *     that the API server named; {@code anonymous} when everybody is let in. Never a secret
 */
public record Caller(AuthMode mode, String name) {}
