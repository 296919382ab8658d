// SPDX-License-Identifier: Apache-2.0
/**
 * Tests of {@code heal8s resources}: what the command asks a controller that is played here, what
 * it prints and how it ends. Against the service itself it is tested in the end-to-end module.
 */
@NullMarked
package io.heal8s.cli.resources;

import org.jspecify.annotations.NullMarked;
