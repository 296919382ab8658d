// SPDX-License-Identifier: Apache-2.0

/** Tests of the package of the same name. */
@NullMarked
package io.heal8s.graphql.poll;

import org.jspecify.annotations.NullMarked;
