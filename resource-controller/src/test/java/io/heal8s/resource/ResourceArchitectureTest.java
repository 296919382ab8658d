// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource;

import io.heal8s.test.architecture.ArchitectureTest;

class ResourceArchitectureTest extends ArchitectureTest {

  ResourceArchitectureTest() {
    super("io.heal8s.resource");
  }
}
