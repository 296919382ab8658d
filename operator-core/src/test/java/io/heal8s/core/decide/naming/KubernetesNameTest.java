// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.decide.naming;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KubernetesNameTest {

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "web, true, a plain name",
    "web-7f.cache-0, true, dots separate labels",
    "'', false, empty",
    "Web, false, upper case",
    "web., false, an empty last label",
    ".web, false, an empty first label",
    "a..b, false, an empty label between",
    "web-, false, a dash at the end",
    "../secrets, false, a way up the path",
    "web/status, false, a second path segment",
    "a_b, false, an underscore"
  })
  void subdomains(String text, boolean valid, String because) {
    assertThat(KubernetesName.isSubdomain(text)).as(because).isEqualTo(valid);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({
    "KubePodOOMKilled, KubePodOOMKilled, a valid value is kept",
    "Disk full!, Disk-full, other characters become dashes and none is left at the end",
    "__x__, x, a value begins and ends with a letter or digit",
    "a.b_c-d, a.b_c-d, these three may stand within",
    "äöü, '', nothing could be kept"
  })
  void labelValues(String text, String value, String because) {
    assertThat(KubernetesName.labelValue(text)).as(because).isEqualTo(value);
  }

  @ParameterizedTest(name = "{2}")
  @CsvSource({"64, 63, cut at the limit of the API server", "63, 63, the longest that is kept"})
  void longLabelValues(int length, int kept, String because) {
    assertThat(KubernetesName.labelValue("x".repeat(length))).as(because).hasSize(kept);
  }
}
