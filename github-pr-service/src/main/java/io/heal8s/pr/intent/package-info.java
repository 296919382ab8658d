// SPDX-License-Identifier: Apache-2.0
/**
 * What this service may want done and in which words it speaks with forges: proposals, sightings,
 * answers. Sealed types and records, no judgement and no effect. Neither a forge's API nor git
 * shows in any of them, so that every forge can be told apart only by what it can do.
 */
@NullMarked
package io.heal8s.pr.intent;

import org.jspecify.annotations.NullMarked;
