// SPDX-License-Identifier: Apache-2.0
/** What rules make of a spec, and in which words they are refused. */
@NullMarked
package io.heal8s.resource.conversion;

import org.jspecify.annotations.NullMarked;
