// SPDX-License-Identifier: Apache-2.0
/**
 * How the service is put together. Settings are read and checked here, with one line that names a
 * wrong one. Nothing here decides or does anything.
 */
@NullMarked
package io.heal8s.resource.wiring;

import org.jspecify.annotations.NullMarked;
