// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.gate;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.ResolvedTarget;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Why a Remediation exists, as a label value: two with the same cause are the same complaint about
 * the same container.
 */
public final class Cause {

  private Cause() {}

  /**
   * First 16 hex digits of SHA-256 over cluster, resolved target, container, action and alert name
   * (for detectors without alerts their kind and reason), joined by line feeds.
   */
  public static String of(String cluster, ResolvedTarget target, Remediation remediation) {
    var alert = remediation.spec().alert();
    var detector = remediation.spec().detector();
    String who =
        alert != null
            ? alert.name()
            : detector == null ? "" : detector.kind() + "/" + detector.reason();
    String text =
        String.join(
            "\n",
            cluster,
            target.key(),
            target.container() == null ? "" : target.container(),
            String.valueOf(remediation.spec().action().type()),
            who);
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
