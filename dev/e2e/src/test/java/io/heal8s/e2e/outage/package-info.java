// SPDX-License-Identifier: Apache-2.0
/**
 * Services that start before what they need is there: no API server, no rights, no definitions.
 * They run as processes under the accounts of their charts, which come piece by piece. The cluster
 * is this package's own, because its API server is killed.
 */
@NullMarked
package io.heal8s.e2e.outage;

import org.jspecify.annotations.NullMarked;
