// SPDX-License-Identifier: Apache-2.0
/** Tables of what is accepted, and in which words the rest is refused. */
@NullMarked
package io.heal8s.resource.schema;

import org.jspecify.annotations.NullMarked;
