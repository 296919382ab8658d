// SPDX-License-Identifier: Apache-2.0
/**
 * Spring's part of the core, and the only one: settings, the client of the API server, health and
 * metrics pages, and a start that either succeeds or says in one line why not. Services get it as
 * auto-configuration. Nothing here contacts the API server before the application context is up.
 */
@NullMarked
package io.heal8s.core.boot;

import org.jspecify.annotations.NullMarked;
