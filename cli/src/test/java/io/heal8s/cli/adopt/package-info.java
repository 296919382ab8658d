// SPDX-License-Identifier: Apache-2.0
/**
 * What the command prints for objects as their users have them. Files and standard input stand for
 * the cluster. No cluster is asked.
 */
@NullMarked
package io.heal8s.cli.adopt;

import org.jspecify.annotations.NullMarked;
