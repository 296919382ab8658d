// SPDX-License-Identifier: Apache-2.0

/** Tests of the package of the same name. */
@NullMarked
package io.heal8s.graphql.announce;

import org.jspecify.annotations.NullMarked;
