// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of the resource controller. They run on a PostgreSQL of their own that writes as
 * durably as any, on the same cores. What is counted is what the database holds, not what the
 * program believes.
 */
@NullMarked
package io.heal8s.dev.bench.resources;

import org.jspecify.annotations.NullMarked;
