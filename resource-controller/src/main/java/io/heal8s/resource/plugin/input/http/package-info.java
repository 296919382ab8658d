// SPDX-License-Identifier: Apache-2.0
/**
 * The REST interface as a plugin, so that it is listed among the ways in. It is served by the
 * service itself. So there is nothing to start or stop here.
 */
@NullMarked
package io.heal8s.resource.plugin.input.http;

import org.jspecify.annotations.NullMarked;
