// SPDX-License-Identifier: Apache-2.0
/**
 * The action plugins that come with the service. Each lives in a package of its own and sees no
 * other. They use the interface that outside authors use, and nothing more of the service.
 */
@NullMarked
package io.heal8s.resource.plugin.action;

import org.jspecify.annotations.NullMarked;
