// SPDX-License-Identifier: Apache-2.0
/**
 * The command as a person or a program calls it: lines in, lines out. What the lines say of
 * triggers is tried in graphql-monitor.
 */
@NullMarked
package io.heal8s.cli.graphql;

import org.jspecify.annotations.NullMarked;
