// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.api.k8shealer.remediation;

/** Annotations and labels of a Remediation and its target that people and services agree on. */
public final class Annotations {

  /** Annotation: own user name of the person who approves. */
  public static final String APPROVE = "heal8s.io/approve";

  /** Annotation: id of the plan that is approved. */
  public static final String APPROVED_PLAN = "heal8s.io/approved-plan";

  /** Annotation: own user name of the person who rejects. */
  public static final String REJECT = "heal8s.io/reject";

  /** Label: hash of the cause, written by the operator, by which a refusal is remembered. */
  public static final String CAUSE = "heal8s.io/cause";

  /** Annotation of a workload: image to roll back to. */
  public static final String LAST_STABLE_IMAGE = "heal8s.io/last-stable-image";

  /** Annotation of a workload: image that was rolled back from. */
  public static final String ATTEMPTED_IMAGE = "heal8s.io/attempted-image";

  /** Label: alert name. */
  public static final String LABEL_ALERT = "k8s-healer.io/alert";

  /** Label: target name. */
  public static final String LABEL_TARGET = "k8s-healer.io/target";

  /** Label: uid of the detector, by which what it asked for is found. */
  public static final String LABEL_DETECTOR = "heal8s.io/detector";

  /** Label: fingerprint of the alert. */
  public static final String LABEL_FINGERPRINT = "k8s-healer.io/fingerprint";

  private Annotations() {}
}
