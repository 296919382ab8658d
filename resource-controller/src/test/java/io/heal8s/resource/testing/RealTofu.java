// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.testing;

import io.heal8s.dev.controlplane.Programs;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** OpenTofu, where it is here. */
public final class RealTofu {

  private RealTofu() {}

  /** The program; without it the test is skipped, with one line that says how to have it. */
  public static Path orSkip() {
    return Programs.ofThisUser()
        .opentofu()
        .orElseGet(
            () ->
                Assumptions.abort(
                    "skipped: there is no OpenTofu here; ./heal8s cluster build tofu builds it, or"
                        + " HEAL8S_TOFU names one"));
  }
}
