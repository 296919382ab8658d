// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import io.heal8s.core.runtime.LeasePort;
import io.heal8s.core.runtime.LeaseRecord;
import io.kubernetes.client.openapi.models.V1Lease;
import io.kubernetes.client.openapi.models.V1LeaseSpec;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A lease kept as a coordination.k8s.io/v1 Lease. Labels and whatever else it holds stay. */
public final class KubernetesLease implements LeasePort {

  private final KubernetesReader reader;
  private final KubernetesWriter writer;
  private final ObjectKey key;

  /** The lease of that name. */
  public KubernetesLease(KubernetesApi api, ObjectKey key, String fieldManager) {
    this.reader = new KubernetesReader(api);
    this.writer = new KubernetesWriter(api, fieldManager);
    this.key = key;
  }

  @Override
  public String name() {
    return key.toString();
  }

  @Override
  public Read read() {
    return switch (reader.get(ServedKinds.LEASES, key)) {
      case Answer.Ok<Optional<V1Lease>>(Optional<V1Lease> found) ->
          found
              .<Read>map(lease -> new Read.Found(record(lease), lease))
              .orElseGet(Read.Absent::new);
      case Answer.Failed<Optional<V1Lease>>(ApiFailure failure) ->
          new Read.Unavailable(failure.message());
    };
  }

  @Override
  public Write write(LeaseRecord lease, @Nullable Object version) {
    V1LeaseSpec spec =
        new V1LeaseSpec()
            .holderIdentity(lease.holder())
            .leaseDurationSeconds(Math.max(1, (int) lease.duration().toSeconds()))
            .leaseTransitions(lease.transitions())
            .acquireTime(time(lease.acquired()))
            .renewTime(time(lease.renewed()));
    Answer<V1Lease> answer =
        version == null
            ? writer.create(
                ServedKinds.LEASES,
                new V1Lease()
                    .apiVersion(ServedKinds.LEASES.apiVersion())
                    .kind(ServedKinds.LEASES.kind())
                    .metadata(new V1ObjectMeta().namespace(key.namespace()).name(key.name()))
                    .spec(spec))
            : writer.replace(
                ServedKinds.LEASES,
                new V1Lease()
                    .apiVersion(ServedKinds.LEASES.apiVersion())
                    .kind(ServedKinds.LEASES.kind())
                    .metadata(((V1Lease) version).getMetadata())
                    .spec(spec));
    return switch (answer) {
      case Answer.Ok<V1Lease>(V1Lease written) -> new Write.Written(written);
      case Answer.Failed<V1Lease>(ApiFailure failure) ->
          failure instanceof ApiFailure.Conflict || failure instanceof ApiFailure.AlreadyExists
              ? new Write.Conflict()
              : new Write.Unavailable(failure.message());
    };
  }

  // A Lease that somebody made by hand may lack any field; none of them ends the election.
  private static LeaseRecord record(V1Lease lease) {
    V1LeaseSpec spec = Objects.requireNonNullElseGet(lease.getSpec(), V1LeaseSpec::new);
    return new LeaseRecord(
        Objects.requireNonNullElse(spec.getHolderIdentity(), ""),
        Duration.ofSeconds(Objects.requireNonNullElse(spec.getLeaseDurationSeconds(), 1)),
        instant(spec.getAcquireTime()),
        instant(spec.getRenewTime()),
        Objects.requireNonNullElse(spec.getLeaseTransitions(), 0));
  }

  private static Instant instant(@Nullable OffsetDateTime time) {
    return time == null ? Instant.EPOCH : time.toInstant();
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
  }
}
