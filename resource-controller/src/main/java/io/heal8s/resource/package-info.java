// SPDX-License-Identifier: Apache-2.0
/**
 * Typed resources over REST and PostgreSQL, reconciled by plugins. Many equal processes share one
 * database, and none of them is special. The database is the only truth; nothing that matters is
 * kept in memory alone.
 */
@NullMarked
package io.heal8s.resource;

import org.jspecify.annotations.NullMarked;
