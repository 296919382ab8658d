// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of the settings that people give, and of the whole service on a real API server under the
 * rights of its chart. The forge there is a real git repository in a folder.
 */
@NullMarked
package io.heal8s.pr.wiring;

import org.jspecify.annotations.NullMarked;
