// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.boot;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * Name of this very process, which no other one ever has: a pod whose process is started again must
 * not take the lease of the one before for its own.
 *
 * @param value host and eight hex digits
 */
public record ProcessIdentity(String value) {

  static ProcessIdentity of(String host, RandomGenerator random) {
    return new ProcessIdentity(host + "_" + HexFormat.of().toHexDigits(random.nextInt()));
  }
}
