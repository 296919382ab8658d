// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.source;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

/**
 * The identity of a label set where the sender gave none: Prometheus' own, so that it is the one
 * that Alertmanager would have sent (prometheus/common, model/signature.go: FNV-1a of 64 bits over
 * the sorted names and values, each followed by the byte 255).
 */
final class Fingerprint {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int SEPARATOR = 255;

  private Fingerprint() {}

  static String of(Map<String, String> labels) {
    long hash = OFFSET;
    // Go sorts by bytes and Java by UTF-16 units; they differ only beyond the basic plane, where a
    // stable order is all that matters.
    for (Map.Entry<String, String> label : new TreeMap<>(labels).entrySet()) {
      hash = add(add(hash, label.getKey()), label.getValue());
    }
    return HexFormat.of().toHexDigits(hash);
  }

  private static long add(long start, String text) {
    long hash = start;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return (hash ^ SEPARATOR) * PRIME;
  }
}
