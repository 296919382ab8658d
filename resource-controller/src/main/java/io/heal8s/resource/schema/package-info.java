// SPDX-License-Identifier: Apache-2.0
/**
 * Judges schemas and the specs that they describe. A schema is read in its declared dialect,
 * without fetching anything and with expressions that run in linear time. Messages are those that
 * clients of the original read.
 */
@NullMarked
package io.heal8s.resource.schema;

import org.jspecify.annotations.NullMarked;
