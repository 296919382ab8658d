// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import java.time.Instant;

/**
 * Who sent a request.
 *
 * @param login account name
 * @param access what it may do in every repository here
 * @param expires when its token ends
 */
record Caller(String login, Access access, Instant expires) {}
