// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.address.HostName;
import io.heal8s.core.http.outbound.OutboundResult.Failed;
import io.heal8s.core.http.outbound.OutboundResult.FailureKind;
import io.heal8s.core.http.outbound.OutboundResult.RefusalReason;
import io.heal8s.core.http.outbound.OutboundResult.Refused;
import io.heal8s.core.http.outbound.RequestRules.Destination;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Finds the addresses of a destination, once, and vets them all. If one of several is not allowed,
 * none is used: a name that stands for a public and a private address at once is the classic way
 * around such a check.
 */
record AddressFinder(NameResolver resolver, AddressPolicy policy, ExecutorService threads) {
  /** What was found. */
  sealed interface Found {
    /** At least one address, each of them allowed. */
    record Vetted(List<InetAddress> addresses) implements Found {}

    /** None, or one that is not allowed. */
    record Nothing(OutboundResult result) implements Found {}
  }

  /**
   * Finds and vets.
   *
   * @param known the address, where no name is to be resolved
   * @param source who named the destination
   */
  Found find(
      Destination destination,
      Optional<InetAddress> known,
      AddressPolicy.Source source,
      Duration timeout) {
    if (known.isPresent()) {
      return vet(destination, List.of(known.get()), source);
    }
    return switch (destination.name()) {
      case HostName.Literal(InetAddress address) -> vet(destination, List.of(address), source);
      case HostName.Name(String name) -> resolve(destination, name, source, timeout);
      case HostName.Invalid(String problem) ->
          new Found.Nothing(new Refused(RefusalReason.BadUri, problem));
    };
  }

  private Found resolve(
      Destination destination, String name, AddressPolicy.Source source, Duration timeout) {
    // In a thread of its own: a resolver's own timeouts are out of our hands.
    Future<List<InetAddress>> answer = threads.submit(() -> resolver.resolve(name));
    try {
      List<InetAddress> addresses = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      return addresses.isEmpty()
          ? failed(FailureKind.NameNotResolved, destination, "the name stands for no address")
          : vet(destination, addresses, source);
    } catch (ExecutionException _) {
      return failed(FailureKind.NameNotResolved, destination, "the name cannot be resolved");
    } catch (TimeoutException _) {
      answer.cancel(true);
      return failed(FailureKind.TimedOut, destination, "the name was not resolved in time");
    } catch (InterruptedException _) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      return failed(FailureKind.Interrupted, destination, "interrupted");
    }
  }

  private Found vet(
      Destination destination, List<InetAddress> addresses, AddressPolicy.Source source) {
    for (InetAddress address : addresses) {
      Optional<String> objection = policy.objection(address, source);
      if (objection.isPresent()) {
        return new Found.Nothing(
            new Refused(RefusalReason.AddressNotAllowed, destination + ": " + objection.get()));
      }
    }
    return new Found.Vetted(List.copyOf(addresses));
  }

  private static Found failed(FailureKind kind, Destination destination, String what) {
    return new Found.Nothing(new Failed(kind, destination + ": " + what));
  }
}
