// SPDX-License-Identifier: Apache-2.0
/**
 * Turns a spec of one version of a type into one of another, by rules that people write in CEL. A
 * rule sees the spec and nothing else; it has no side effects and a bounded cost. Whether what
 * comes out fits the other version's schema is judged by whoever asked.
 */
@NullMarked
package io.heal8s.resource.conversion;

import org.jspecify.annotations.NullMarked;
