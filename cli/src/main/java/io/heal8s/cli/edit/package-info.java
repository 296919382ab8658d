// SPDX-License-Identifier: Apache-2.0
/**
 * {@code heal8s edit}: the manifest editor of the pull requests, for people. It finds the files,
 * works out the changes from what each file holds, and prints the difference or replaces the file.
 * Which bytes change is decided by the editor alone.
 */
@NullMarked
package io.heal8s.cli.edit;

import org.jspecify.annotations.NullMarked;
