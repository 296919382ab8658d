// SPDX-License-Identifier: Apache-2.0
/**
 * Runs GitHub Actions workflows. Which run belongs to which dispatch is told by the server or by a
 * correlation input, and never guessed. The address of the API and the credentials come from the
 * operator alone; a resource can change neither.
 */
@NullMarked
package io.heal8s.resource.plugin.action.github;

import org.jspecify.annotations.NullMarked;
