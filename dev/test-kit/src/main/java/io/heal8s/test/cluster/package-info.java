// SPDX-License-Identifier: Apache-2.0
/**
 * Tests against a real Kubernetes API server. {@link io.heal8s.test.cluster.RealCluster} on a test
 * class starts one for the whole run and hands out fresh namespaces and identities on it. Nothing
 * here fakes any part of Kubernetes.
 */
@NullMarked
package io.heal8s.test.cluster;

import org.jspecify.annotations.NullMarked;
