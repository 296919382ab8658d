// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway;

import io.heal8s.test.architecture.ArchitectureTest;

class GatewayArchitectureTest extends ArchitectureTest {

  GatewayArchitectureTest() {
    super("io.heal8s.gateway");
  }
}
