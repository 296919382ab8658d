// SPDX-License-Identifier: Apache-2.0
/**
 * The resource controller as people meet it: started alone, by its commands, and in its demo. Each
 * test has a database of its own in a folder of its own. What one class of the service can show
 * belongs to that module.
 */
@NullMarked
package io.heal8s.e2e.resources;

import org.jspecify.annotations.NullMarked;
