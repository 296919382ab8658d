// SPDX-License-Identifier: Apache-2.0
/**
 * The store in PostgreSQL, in plain SQL. One statement does one change with its event and its work
 * item, so that nothing is half done. The migrations beside it also adopt a database of the
 * original.
 */
@NullMarked
package io.heal8s.resource.store.postgres;

import org.jspecify.annotations.NullMarked;
