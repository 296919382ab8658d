// SPDX-License-Identifier: Apache-2.0
/**
 * Requests that come in: how much of a body is read, for how long, and from whom. The filters stand
 * before any controller, so that nobody holds our memory or our threads without being known. They
 * answer refusals themselves, as problem details.
 */
@NullMarked
package io.heal8s.core.http.inbound;

import org.jspecify.annotations.NullMarked;
