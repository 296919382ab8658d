// SPDX-License-Identifier: Apache-2.0
package io.heal8s.test.cluster;

import io.heal8s.dev.controlplane.Parts;
import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The test class works on a real API server, which it gets as a parameter of type {@link
 * TestCluster} in its constructor, its lifecycle methods or its tests.
 *
 * <p>One cluster of each {@link Parts} is shared by all tests of the run and ends with it. A test
 * that stops or freezes its API server therefore starts one of its own with {@code Cluster.start}.
 */
@Documented
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RealClusterExtension.class)
public @interface RealCluster {

  /** How much of a control plane; the API alone starts faster and nothing there acts by itself. */
  Parts parts() default Parts.API;

  /**
   * Files or folders of YAML, relative to the root of the repository, applied before the first test
   * of the class, such as {@code charts/crds/remediations.yaml}. What several classes name is
   * applied once.
   */
  String[] apply() default {};
}
