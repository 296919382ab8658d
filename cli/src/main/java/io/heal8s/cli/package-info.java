// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code heal8s} command for people. One class per sub-command says its options and hands over
 * to a package of its own. Nothing of Spring or the Kubernetes client is loaded, so that a command
 * starts in a fraction of a second.
 */
@NullMarked
package io.heal8s.cli;

import org.jspecify.annotations.NullMarked;
