// SPDX-License-Identifier: Apache-2.0
package io.heal8s.gateway.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.decide.naming.KubernetesName;
import io.heal8s.gateway.intent.AlertIntent;
import io.heal8s.gateway.intent.AlertIntent.CreateRemediation;
import io.heal8s.gateway.intent.IncomingAlert;
import io.heal8s.gateway.intent.IncomingAlert.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RouterPropertiesTest {

  /** Labels with the known names and any values; about half of the values are usable names. */
  @Provide
  Arbitrary<Map<String, String>> labels() {
    Arbitrary<String> names =
        Arbitraries.of(
            "namespace",
            "deployment",
            "statefulset",
            "pod",
            "job_name",
            "container",
            "severity",
            "environment",
            "horizontalpodautoscaler");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.strings().alpha().numeric().ofMaxLength(70).map(String::toLowerCase),
            Arbitraries.strings().ofMaxLength(80));
    return Arbitraries.maps(names, values).ofMaxSize(9);
  }

  @Property(tries = 300)
  void whateverAnAlertSaysTheObjectIsOneThatAnApiServerTakes(
      @ForAll("labels") Map<String, String> labels, @ForAll String fingerprint) {
    Map<String, String> all = new HashMap<>(labels);
    all.put("alertname", "KubePodOOMKilled");
    IncomingAlert alert =
        new IncomingAlert("alertmanager", Status.Firing, all, fingerprint, null, null, "{}");
    AlertIntent intent = new AlertRouter().route(new AlertSnapshot(alert, Samples.BUILT_IN, null));
    if (intent instanceof CreateRemediation create) {
      assertThat(KubernetesName.isLabel(create.namespace())).isTrue();
      assertThat(KubernetesName.isLabel(create.name().base())).isTrue();
      assertThat(KubernetesName.isSubdomain(create.spec().target().name())).isTrue();
      assertThat(create.labels().values())
          .allSatisfy(value -> assertThat(KubernetesName.labelValue(value)).isEqualTo(value));
      assertThat(Objects.requireNonNull(create.spec().alert()).fingerprint())
          .doesNotContainPattern("\\p{Cntrl}|\\p{Cs}");
    } else {
      assertThat(intent).isInstanceOf(AlertIntent.Skip.class);
    }
  }
}
