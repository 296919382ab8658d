// SPDX-License-Identifier: Apache-2.0
/**
 * Resources from a list that a server gives. It is asked for every round, with the entity tag of
 * the last answer. An answer that is no list changes nothing.
 */
@NullMarked
package io.heal8s.resource.plugin.input.polling;

import org.jspecify.annotations.NullMarked;
