// SPDX-License-Identifier: Apache-2.0
/**
 * The rules of the house as tests that every module inherits. One table says which package is which
 * layer; a package that is not in it fails the build of its module. Each rule says why it is one.
 */
@NullMarked
package io.heal8s.test.architecture;

import org.jspecify.annotations.NullMarked;
