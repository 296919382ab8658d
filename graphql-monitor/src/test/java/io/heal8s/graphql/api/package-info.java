// SPDX-License-Identifier: Apache-2.0
/** Tests of the GraphQL interface without its server. */
@NullMarked
package io.heal8s.graphql.api;

import org.jspecify.annotations.NullMarked;
