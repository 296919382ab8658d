// SPDX-License-Identifier: Apache-2.0
/** Tests of what is read from deliveries. Bodies have the fields that GitHub documents. */
@NullMarked
package io.heal8s.pr.webhook;

import org.jspecify.annotations.NullMarked;
