// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.state;

import java.net.URI;

/** Where a program that runs beside this process finds the state of a resource. */
public interface StateAccess {

  /** The address of a resource's state, as the {@code http} backend takes it. */
  URI address(long resourceId);

  /** How far the state is. */
  StatePosition position(long resourceId);

  /** A credential that reads and writes nothing; it ends with this process or when it is closed. */
  Reading read(long resourceId);

  /** A credential to read with. */
  interface Reading extends AutoCloseable {
    Credential credential();

    @Override
    void close();
  }
}
