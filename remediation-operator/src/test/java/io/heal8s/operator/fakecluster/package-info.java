// SPDX-License-Identifier: Apache-2.0
/**
 * A cluster made of YAML documents that answers the queries of the pure parts. It has no state and
 * no time of its own. What is not among its documents does not exist.
 */
@NullMarked
package io.heal8s.operator.fakecluster;

import org.jspecify.annotations.NullMarked;
