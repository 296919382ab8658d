// SPDX-License-Identifier: Apache-2.0
/** What every test waits for at most. */
@NullMarked
package io.heal8s.test.patience;

import org.jspecify.annotations.NullMarked;
