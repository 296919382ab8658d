// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql;

import io.heal8s.test.architecture.ArchitectureTest;

class MonitorArchitectureTest extends ArchitectureTest {

  MonitorArchitectureTest() {
    super("io.heal8s.graphql");
  }
}
