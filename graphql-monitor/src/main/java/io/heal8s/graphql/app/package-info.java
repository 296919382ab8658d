// SPDX-License-Identifier: Apache-2.0

/**
 * TargetApps as the cluster holds them: how each is to be polled, by its spec and the Secrets that
 * it names, and what is written of it. Here is the one writer of their status, and the only place
 * that creates Remediations; what is to be written was judged elsewhere.
 */
@NullMarked
package io.heal8s.graphql.app;

import org.jspecify.annotations.NullMarked;
