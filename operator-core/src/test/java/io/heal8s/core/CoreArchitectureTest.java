// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core;

import io.heal8s.test.architecture.ArchitectureTest;

class CoreArchitectureTest extends ArchitectureTest {

  CoreArchitectureTest() {
    super("io.heal8s.core");
  }
}
