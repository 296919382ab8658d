// SPDX-License-Identifier: Apache-2.0
/**
 * The GitHub Actions workflow for clusters without a GitOps agent: linted, and its steps run
 * against a real API server. GitHub itself is not here; its expressions are filled in by the test,
 * which fails on one that it does not know.
 */
@NullMarked
package io.heal8s.e2e.workflow;

import org.jspecify.annotations.NullMarked;
