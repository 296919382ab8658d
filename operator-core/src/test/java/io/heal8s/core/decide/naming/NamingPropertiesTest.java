// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.naming;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.ActionType;
import io.heal8s.core.api.k8shealer.remediation.Target;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class NamingPropertiesTest {

  /** The expressions of apimachinery's validation package. */
  private static final Pattern DNS_LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private static final Pattern LABEL_VALUE =
      Pattern.compile("(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?");

  @Property
  void everyNameIsADnsLabelWhateverTheAlertSays(
      @ForAll String alertName,
      @ForAll String fingerprint,
      @ForAll String target,
      @ForAll @IntRange(min = 1, max = 9) int attempt) {
    Target anything = new Target(null, "Deployment", target, "shop", null);
    RemediationName name =
        RemediationName.ofAlert(
            alertName, fingerprint, Instant.EPOCH, anything, ActionType.ScaleUp);
    assertThat(name.attempt(attempt)).matches(DNS_LABEL).hasSizeLessThanOrEqualTo(63);
  }

  @Property
  void equalInputGivesEqualNamesAndOtherInputOtherNames(
      @ForAll @Size(4) List<@StringLength(max = 6) String> one,
      @ForAll @Size(4) List<@StringLength(max = 6) String> other) {
    assertThat(of(one)).isEqualTo(of(List.copyOf(one)));
    Assume.that(!one.equals(other));
    assertThat(of(one)).isNotEqualTo(of(other));
  }

  @Property
  void everyLabelValueIsValid(@ForAll String text) {
    assertThat(KubernetesName.labelValue(text)).matches(LABEL_VALUE).hasSizeLessThanOrEqualTo(63);
  }

  @Property
  void aValidLabelValueIsKept(@ForAll String text) {
    String value = KubernetesName.labelValue(text);
    assertThat(KubernetesName.labelValue(value)).isEqualTo(value);
  }

  @Property
  void labelsAreRecognisedAsKubernetesDoes(@ForAll @StringLength(max = 70) String text) {
    assertThat(KubernetesName.isLabel(text))
        .isEqualTo(text.length() <= 63 && DNS_LABEL.matcher(text).matches());
  }

  private static String of(List<String> parts) {
    Target target = new Target(null, parts.get(1), parts.get(2), parts.get(3), null);
    return RemediationName.ofAlert("A", parts.get(0), null, target, ActionType.Notify).base();
  }
}
