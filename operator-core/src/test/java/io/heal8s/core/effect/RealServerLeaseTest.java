// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import static org.assertj.core.api.Assertions.assertThat;

import io.heal8s.core.runtime.LeasePort;
import io.heal8s.core.runtime.LeaseRecord;
import io.heal8s.test.cluster.RealCluster;
import io.heal8s.test.cluster.TestCluster;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

@RealCluster
class RealServerLeaseTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

  @Test
  void leaseIsCreatedOnceRenewedAndReleased(TestCluster cluster) {
    LeasePort one = lease(cluster, "a");
    LeasePort two = lease(cluster, "a");
    assertThat(one.read()).isInstanceOf(LeasePort.Read.Absent.class);

    LeasePort.Write created = one.write(record("one", NOON), null);
    assertThat(two.write(record("two", NOON), null))
        .as("because it exists")
        .isEqualTo(new LeasePort.Write.Conflict());
    Object version = ((LeasePort.Write.Written) created).version();
    LeasePort.Write renewed = one.write(record("one", NOON.plusSeconds(2)), version);
    assertThat(renewed).isInstanceOf(LeasePort.Write.Written.class);
    assertThat(two.write(record("two", NOON), version))
        .as("because it was renewed since")
        .isEqualTo(new LeasePort.Write.Conflict());

    LeasePort.Read.Found found = (LeasePort.Read.Found) two.read();
    assertThat(found.lease()).isEqualTo(record("one", NOON.plusSeconds(2)));
    LeaseRecord free = new LeaseRecord("", Duration.ofSeconds(1), NOON, NOON, 3);
    assertThat(one.write(free, found.version())).isInstanceOf(LeasePort.Write.Written.class);
    assertThat(two.read())
        .isInstanceOfSatisfying(
            LeasePort.Read.Found.class, read -> assertThat(read.lease()).isEqualTo(free));
  }

  @Test
  void leaseThatSomebodyMadeByHandIsRead(TestCluster cluster) {
    cluster.applyText(
        "{apiVersion: coordination.k8s.io/v1, kind: Lease, metadata: {name: bare, labels: {x: z}}}");
    LeasePort lease = lease(cluster, "bare");

    LeasePort.Read.Found found = (LeasePort.Read.Found) lease.read();
    assertThat(found.lease().holder()).isEmpty();
    assertThat(lease.write(record("one", NOON), found.version()))
        .isInstanceOf(LeasePort.Write.Written.class);
    var leases = ResourceType.untyped("coordination.k8s.io", "v1", "Lease", "leases", true);
    assertThat(
            new KubernetesReader(new KubernetesApi(cluster.admin(), Duration.ofSeconds(10)))
                .get(leases, new ObjectKey(cluster.namespace(), "bare"))
                .orThrow()
                .orElseThrow()
                .toString())
        .as("because its labels are not ours")
        .contains("\"x\":\"z\"");
  }

  @Test
  void missingRightIsUnavailable(TestCluster cluster) {
    KubernetesApi poor = new KubernetesApi(cluster.asUser("nobody"), Duration.ofSeconds(10));
    LeasePort lease = new KubernetesLease(poor, new ObjectKey(cluster.namespace(), "a"), "test");

    assertThat(lease.read()).isInstanceOf(LeasePort.Read.Unavailable.class);
    assertThat(lease.write(record("one", NOON), null))
        .isInstanceOf(LeasePort.Write.Unavailable.class);
  }

  private static LeasePort lease(TestCluster cluster, String name) {
    KubernetesApi api = new KubernetesApi(cluster.admin(), Duration.ofSeconds(10));
    return new KubernetesLease(api, new ObjectKey(cluster.namespace(), name), "test");
  }

  private static LeaseRecord record(String holder, Instant renewed) {
    return new LeaseRecord(holder, Duration.ofSeconds(15), NOON, renewed, 3);
  }
}
