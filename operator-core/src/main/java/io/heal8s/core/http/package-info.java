// SPDX-License-Identifier: Apache-2.0
/**
 * The edges of every service: what comes in over HTTP and what goes out. Bodies are bounded,
 * callers are authenticated, destinations are vetted and secrets are masked here and nowhere else.
 * The subpackages know the servlet API and the HTTP client, but neither Spring nor any service.
 */
@NullMarked
package io.heal8s.core.http;

import org.jspecify.annotations.NullMarked;
