// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of {@code heal8s edit}: the command is run as people run it, on files in a folder of its
 * own, and judged by its exit code, what it printed and what the files hold afterwards. What the
 * editor does to bytes is tested where the editor lives.
 */
@NullMarked
package io.heal8s.cli.edit;

import org.jspecify.annotations.NullMarked;
