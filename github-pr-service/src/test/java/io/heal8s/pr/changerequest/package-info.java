// SPDX-License-Identifier: Apache-2.0
/** Tables of decisions about pull requests, and tests of the texts that people read. */
@NullMarked
package io.heal8s.pr.changerequest;

import org.jspecify.annotations.NullMarked;
