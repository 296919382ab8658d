// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr;

import io.heal8s.test.architecture.ArchitectureTest;

class PrServiceArchitectureTest extends ArchitectureTest {

  PrServiceArchitectureTest() {
    super("io.heal8s.pr");
  }
}
