// SPDX-License-Identifier: Apache-2.0
/**
 * {@code heal8s graphql}: what graphql-monitor would make of a change, without a cluster. The
 * judgement is the service's own code. Only lines and options are handled here.
 */
@NullMarked
package io.heal8s.cli.graphql;

import org.jspecify.annotations.NullMarked;
