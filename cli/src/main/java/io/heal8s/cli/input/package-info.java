// SPDX-License-Identifier: Apache-2.0
/**
 * What the commands share about the files that people name. Reading and replacing is each command's
 * own. Here is only how they speak of what went wrong.
 */
@NullMarked
package io.heal8s.cli.input;

import org.jspecify.annotations.NullMarked;
