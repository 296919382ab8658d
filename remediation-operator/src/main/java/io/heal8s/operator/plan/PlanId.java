// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan;

import io.heal8s.core.api.k8shealer.remediation.ActionSpec;
import io.heal8s.core.api.k8shealer.remediation.Change;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Identity of a plan: 32 hex digits of the SHA-256 of target uid, action, arguments and changes.
 * Generation and time are not in it, so an approval survives what does not change the plan.
 */
final class PlanId {

  private static final int BYTES = 16;

  private final MessageDigest digest;

  private PlanId() {
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  static String of(String targetUid, ActionSpec action, List<Change> changes) {
    PlanId id = new PlanId();
    id.add(targetUid);
    id.add(action.type() == null ? null : action.type().name());
    id.count(action.params().size());
    new TreeMap<>(action.params())
        .forEach(
            (name, value) -> {
              id.add(name);
              id.add(value);
            });
    id.count(changes.size());
    for (Change change : changes) {
      id.add(change.apiVersion());
      id.add(change.kind());
      id.add(change.name());
      id.add(change.path());
      id.add(change.before());
      id.add(change.after());
    }
    return HexFormat.of().formatHex(id.digest.digest(), 0, BYTES);
  }

  // Lengths go in too: without them "ab"+"c" and "a"+"bc" would be the same plan.
  private void add(@Nullable String text) {
    if (text == null) {
      count(-1);
      return;
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    count(bytes.length);
    digest.update(bytes);
  }

  private void count(int number) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(number).array());
  }
}
