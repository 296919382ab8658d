// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of names as tables and as properties over arbitrary text. The pinned names are a contract:
 * a release that changed them would repeat every repair once. Nothing here needs a server.
 */
@NullMarked
package io.heal8s.core.decide.naming;

import org.jspecify.annotations.NullMarked;
