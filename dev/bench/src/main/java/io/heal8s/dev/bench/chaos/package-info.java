// SPDX-License-Identifier: Apache-2.0
/**
 * Resource controllers that are killed again and again while they dispatch workflows, on a database
 * that is restarted under them. What was dispatched is counted on the other side, by the GitHub
 * stand-in. Nothing may be lost, and nothing done twice unless that was chosen.
 */
@NullMarked
package io.heal8s.dev.bench.chaos;

import org.jspecify.annotations.NullMarked;
