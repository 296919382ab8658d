// SPDX-License-Identifier: Apache-2.0
/**
 * What a caller is told when a request is refused: problem details of RFC 9457. A problem is a
 * plain value that any edge can write. It never repeats what the caller sent.
 */
@NullMarked
package io.heal8s.core.http.problem;

import org.jspecify.annotations.NullMarked;
