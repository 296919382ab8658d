// SPDX-License-Identifier: Apache-2.0
/**
 * What an author of a plugin implements and gets. An action plugin changes the world, an input
 * plugin brings in what people want. The types carry a version of their own, so that a jar built
 * for another one is refused by name.
 */
@NullMarked
package io.heal8s.resource.plugin;

import org.jspecify.annotations.NullMarked;
