// SPDX-License-Identifier: Apache-2.0
/**
 * The REST interface. It speaks the shapes and texts of the original. It reads and writes through
 * the ports of the store.
 */
@NullMarked
package io.heal8s.resource.rest;

import org.jspecify.annotations.NullMarked;
