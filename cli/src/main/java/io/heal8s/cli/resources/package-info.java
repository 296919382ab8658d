// SPDX-License-Identifier: Apache-2.0
/**
 * The commands for people who work with the resource controller. They speak its REST interface and
 * know nothing of its code. Files are YAML or JSON; answers are JSON or a table.
 */
@NullMarked
package io.heal8s.cli.resources;

import org.jspecify.annotations.NullMarked;
