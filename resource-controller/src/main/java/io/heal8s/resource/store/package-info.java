// SPDX-License-Identifier: Apache-2.0
/**
 * The ports of the store and what they answer. REST and plugins use these and never SQL. Every
 * write is one transaction that also records its event.
 */
@NullMarked
package io.heal8s.resource.store;

import org.jspecify.annotations.NullMarked;
