// SPDX-License-Identifier: Apache-2.0
/**
 * What tests of this module share. A real PostgreSQL is started once for the run, and every test
 * that asks gets an empty database of its own. Action plugins for tests act in memory.
 */
@NullMarked
package io.heal8s.resource.testing;

import org.jspecify.annotations.NullMarked;
