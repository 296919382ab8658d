// SPDX-License-Identifier: Apache-2.0
/**
 * The plugin against a small real server. What the server was sent is what counts. Its moods are
 * set by each test.
 */
@NullMarked
package io.heal8s.resource.plugin.action.http;

import org.jspecify.annotations.NullMarked;
