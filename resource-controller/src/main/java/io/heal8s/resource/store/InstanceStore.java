// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.store;

import io.heal8s.resource.model.Instance;
import java.util.List;

/** The processes that share the database. */
@FunctionalInterface
public interface InstanceStore {

  /** Those that live or died so lately that nobody has cleared up after them, oldest first. */
  List<Instance> list();
}
