// SPDX-License-Identifier: Apache-2.0
/**
 * What services say to each other through custom resources, told once for the tests of all of them.
 * Services do not depend on each other, so each plays its own turns and takes those of the others
 * as they stand here; what one says that the other does not expect makes a test fail.
 */
@NullMarked
package io.heal8s.test.conversation;

import org.jspecify.annotations.NullMarked;
