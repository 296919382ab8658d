// SPDX-License-Identifier: Apache-2.0
/**
 * A GitHub on a free loopback port for tests: accounts, repositories whose objects are real git
 * objects, pull requests, workflow runs, and faults on demand. Every request and every answer is
 * checked against the descriptions that GitHub publishes, so that a client that pleases the
 * stand-in by accident is found out. Tests see {@link io.heal8s.dev.github.GithubStandIn} and what
 * it hands out; a further operation is one line in one of the classes named {@code *Routes}.
 */
@NullMarked
package io.heal8s.dev.github;

import org.jspecify.annotations.NullMarked;
