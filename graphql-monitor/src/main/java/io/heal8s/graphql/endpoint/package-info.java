// SPDX-License-Identifier: Apache-2.0

/**
 * Where the GraphQL endpoint of a TargetApp is: an absolute URL, a ready pod of its selector, or a
 * Service. Every address is vetted before anybody connects to it, and it is the vetted address that
 * is connected to. Nothing is remembered here: who asks again gets what is true now.
 */
@NullMarked
package io.heal8s.graphql.endpoint;

import org.jspecify.annotations.NullMarked;
