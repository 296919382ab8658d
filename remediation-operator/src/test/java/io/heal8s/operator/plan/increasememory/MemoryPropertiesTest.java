// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.plan.increasememory;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Plan;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.heal8s.core.decide.QuantityText;
import io.heal8s.operator.act.patch.ObjectPatch;
import io.heal8s.operator.fakecluster.Ask;
import io.heal8s.operator.fakecluster.FakeCluster;
import io.heal8s.operator.fakecluster.Shop;
import io.heal8s.operator.fakecluster.YamlText;
import io.heal8s.operator.plan.Planning;
import io.heal8s.operator.target.LiveObject;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.jspecify.annotations.Nullable;

class MemoryPropertiesTest {

  @Property(tries = 300)
  void noPlanLowersAnythingOrExceedsACap(
      @ForAll("amounts") String templateLimit,
      @ForAll("amounts") String templateRequest,
      @ForAll("amounts") String podLimit,
      @ForAll("caps") String cap,
      @ForAll @IntRange(min = 1, max = 400) int percent,
      @ForAll boolean addLimit) {
    // The API server lets no other template in.
    boolean unlimited = value(templateLimit).signum() == 0;
    Assume.that(unlimited || value(templateRequest).compareTo(value(templateLimit)) <= 0);
    Map<String, String> params =
        Map.of(
            "maxMemory", cap,
            "memoryIncreasePercent", Integer.toString(percent),
            "addLimit", Boolean.toString(addLimit));
    Remediation remediation = Shop.direct("Deployment", null, "IncreaseMemory", params);
    FakeCluster cluster = cluster(templateLimit, templateRequest, podLimit);
    Planning planning = Ask.plan(cluster, remediation, Shop.policy("{}"));
    assertThat(Ask.plan(cluster, remediation, Shop.policy("{}"))).isEqualTo(planning);
    if (planning instanceof Planning.Planned(var target, Plan plan)) {
      assertThat(plan.changes()).isNotEmpty();
      for (Change change : plan.changes()) {
        BigDecimal after = value(change.after());
        assertThat(after).isGreaterThan(value(change.before()));
        assertThat(after).isLessThanOrEqualTo(value(cap));
      }
      BigDecimal limit = value(plan.changes().getFirst().after());
      assertThat(limit).isGreaterThanOrEqualTo(value(podLimit));
      assertThat(limit).isGreaterThanOrEqualTo(value(templateRequest));
    }
  }

  @Property(tries = 300)
  void aRaiseIsAWholeNumberOfStepsAboveWhatWasAsked(
      @ForAll @LongRange(min = 1, max = 1L << 50) long current,
      @ForAll @IntRange(min = 1, max = 100_000) int percent) {
    BigInteger raised =
        MemoryPlanner.raised(BigDecimal.valueOf(current), BigDecimal.valueOf(percent));
    BigInteger step = BigInteger.valueOf(64L << 20);
    BigInteger asked =
        BigInteger.valueOf(current)
            .multiply(BigInteger.valueOf(100L + percent))
            .divide(BigInteger.valueOf(100));
    assertThat(raised.mod(step)).isZero();
    assertThat(raised).isGreaterThanOrEqualTo(asked).isLessThan(asked.add(step));
  }

  @Property(tries = 100)
  void whatIsPlannedCanBeMadeAndTakenBack(@ForAll("amounts") String limit) {
    String workload = workload(limit, limit);
    Planning planning =
        Shop.plan(Shop.direct("Deployment", null, "IncreaseMemory", Map.of()), workload);
    if (planning instanceof Planning.Planned(var target, Plan plan)) {
      LiveObject live = YamlText.object(workload);
      assertThat(ObjectPatch.apply(plan.changes(), live)).isInstanceOf(ObjectPatch.Ready.class);
      assertThat(ObjectPatch.undo(plan.changes(), live)).isEqualTo(new ObjectPatch.NothingLeft());
    }
  }

  private static FakeCluster cluster(String limit, String request, String podLimit) {
    String pod =
        Shop.pod(
            "api-1",
            "h1",
            "2026-03-01T11:00:00Z",
            "containers: [{name: api, resources: {limits: {" + memory(podLimit) + "}}}]",
            "");
    return FakeCluster.of(List.of(workload(limit, request), pod).toArray(String[]::new));
  }

  private static String workload(String limit, String request) {
    return Shop.workload(
        "Deployment",
        "{name: api, resources: {limits: {"
            + memory(limit)
            + "}, requests: {"
            + memory(request)
            + "}}}");
  }

  private static String memory(String amount) {
    return amount.isEmpty() ? "" : "memory: \"" + amount + "\"";
  }

  private static BigDecimal value(@Nullable String text) {
    return QuantityText.parse(text).orElse(BigDecimal.ZERO);
  }

  @Provide
  Arbitrary<String> amounts() {
    return Arbitraries.of(
        "", "0", "1", "64Mi", "100M", "256Mi", "300Mi", "0.5Gi", "1Gi", "1500M", "2Gi", "3Gi",
        "8Gi", "1e9");
  }

  @Provide
  Arbitrary<String> caps() {
    return Arbitraries.of("64Mi", "300Mi", "1G", "2Gi", "2.5Gi", "16Gi");
  }
}
