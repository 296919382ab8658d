// SPDX-License-Identifier: Apache-2.0
/**
 * What changed between two states of an application, and how people are told. Equality, paths and
 * texts follow the original operator, whose users rely on them; where we differ the specification
 * page says so. Pure: JSON in, words out.
 */
@NullMarked
package io.heal8s.graphql.change;

import org.jspecify.annotations.NullMarked;
