// SPDX-License-Identifier: Apache-2.0
/** The plugin against a GitHub on this machine that GitHub's own descriptions check. */
@NullMarked
package io.heal8s.resource.plugin.action.github;

import org.jspecify.annotations.NullMarked;
