// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin against a small real server and a real database. What is asked and what is stored
 * after a round is what counts.
 */
@NullMarked
package io.heal8s.resource.plugin.input.polling;

import org.jspecify.annotations.NullMarked;
