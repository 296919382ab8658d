// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

/** Helm does not render a chart with these values. */
public final class ChartRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ChartRefusedException(String message) {
    super(message);
  }
}
