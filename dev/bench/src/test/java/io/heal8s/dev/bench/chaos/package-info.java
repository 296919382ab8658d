// SPDX-License-Identifier: Apache-2.0
/**
 * Resource controllers that are killed while they dispatch, in the benchmark's short form. They run
 * as processes on a PostgreSQL that is restarted under them. The workflows are counted by the
 * GitHub stand-in.
 */
@NullMarked
package io.heal8s.dev.bench.chaos;

import org.jspecify.annotations.NullMarked;
