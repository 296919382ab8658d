// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.intent;

import io.heal8s.core.api.k8shealer.remediation.RemediationSpec;
import io.heal8s.core.decide.Intent;
import io.heal8s.core.decide.naming.RemediationName;
import java.time.OffsetDateTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is to be done about one alert. */
public sealed interface AlertIntent extends Intent {

  /**
   * Ask for a repair, unless it was asked for before.
   *
   * @param namespace where, a valid name of a namespace
   * @param name its name; numbered from the second attempt on
   * @param labels by which people and the gateway find it, valid label values
   * @param spec what is asked for
   * @param retries when an attempt that did not help may be followed by another
   */
  record CreateRemediation(
      String namespace,
      RemediationName name,
      Map<String, String> labels,
      RemediationSpec spec,
      Retries retries)
      implements AlertIntent {}

  /**
   * Note on the running Remediations of an alert that it resolved.
   *
   * @param namespace where they are, a valid name of a namespace
   * @param fingerprint which alert
   * @param startsAt the firing that resolved; later ones go on. Null means any
   * @param endsAt when it resolved; null when it was not said
   */
  record MarkResolved(
      String namespace,
      String fingerprint,
      @Nullable OffsetDateTime startsAt,
      @Nullable OffsetDateTime endsAt)
      implements AlertIntent {}

  /**
   * Leave it, and say so; sending it again would not change that.
   *
   * @param reason for machines
   * @param message for people, what to change
   */
  record Skip(SkipReason reason, String message) implements AlertIntent {}
}
