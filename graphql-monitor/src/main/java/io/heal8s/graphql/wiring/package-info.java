// SPDX-License-Identifier: Apache-2.0

/**
 * How the monitor is put together: its settings, those of the original in today's words, the pages
 * that people and Prometheus read, and main. Nothing is decided here. Only this package knows
 * Spring.
 */
@NullMarked
package io.heal8s.graphql.wiring;

import org.jspecify.annotations.NullMarked;
