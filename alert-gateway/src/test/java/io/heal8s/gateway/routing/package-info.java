// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of judgement as tables: each case says because of what it must be so. Everything is a
 * value; nothing runs.
 */
@NullMarked
package io.heal8s.gateway.routing;

import org.jspecify.annotations.NullMarked;
