// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide;

import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Places in a trace as W3C Trace Context writes them, version 00. */
public final class TraceParent {

  private static final Pattern VALID =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
  private static final Pattern UID = Pattern.compile("[0-9a-f]{32}");
  private static final int ID_BEGIN = 3;
  private static final int ID_END = 35;

  private TraceParent() {}

  /** Whether a text, which anybody may have written, is one. */
  public static boolean isValid(@Nullable String text) {
    return text != null && VALID.matcher(text).matches();
  }

  /** The id of its trace, 32 hex digits; empty for what is none. */
  public static Optional<String> traceId(@Nullable String text) {
    return text != null && isValid(text)
        ? Optional.of(text.substring(ID_BEGIN, ID_END))
        : Optional.empty();
  }

  /**
   * Where the work on a Remediation belongs: to the trace of what asked for it; one that nobody
   * traced has a trace of its own, whose id is its uid.
   *
   * @return empty for an object that the API server has not seen
   */
  public static Optional<String> of(Remediation remediation) {
    RemediationSpec spec = remediation.spec();
    String trace = spec == null ? null : spec.trace();
    if (isValid(trace)) {
      return Optional.ofNullable(trace);
    }
    String uid = remediation.getMetadata().getUid();
    String id = uid == null ? "" : uid.replace("-", "");
    return UID.matcher(id).matches()
        ? Optional.of("00-" + id + "-" + id.substring(0, 16) + "-01").filter(TraceParent::isValid)
        : Optional.empty();
  }
}
