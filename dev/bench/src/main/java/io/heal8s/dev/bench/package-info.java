// SPDX-License-Identifier: Apache-2.0
/**
 * Benchmarks of whole services against a real API server. What is compared is measured in turns in
 * one run, because machines are shared and noisy. Each prints a table for people and, under {@code
 * --json}, one last line for programs.
 */
@NullMarked
package io.heal8s.dev.bench;

import org.jspecify.annotations.NullMarked;
