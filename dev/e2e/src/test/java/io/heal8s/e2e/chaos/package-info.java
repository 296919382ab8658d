// SPDX-License-Identifier: Apache-2.0
/**
 * Resource controllers that are killed while they dispatch, the short form of the benchmark. They
 * run as processes on a PostgreSQL that is restarted under them. The workflows are counted by the
 * GitHub stand-in.
 */
@NullMarked
package io.heal8s.e2e.chaos;

import org.jspecify.annotations.NullMarked;
