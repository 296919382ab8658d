// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator;

import io.heal8s.test.architecture.ArchitectureTest;

class OperatorArchitectureTest extends ArchitectureTest {

  OperatorArchitectureTest() {
    super("io.heal8s.operator");
  }
}
