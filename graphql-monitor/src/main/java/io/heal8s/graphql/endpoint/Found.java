// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.endpoint;

import java.util.List;

/** Where to ask, or why nowhere. */
public sealed interface Found {

  /** At least one destination; with several, every one is asked. */
  record At(List<Destination> destinations) implements Found {
    public At {
      destinations = List.copyOf(destinations);
    }
  }

  /**
   * Nothing now; it comes by itself.
   *
   * @param message what is waited for
   */
  record NotYet(Reason reason, String message) implements Found {}

  /**
   * Nothing until somebody changes something.
   *
   * @param message what to change
   */
  record Never(Reason reason, String message) implements Found {}

  /** Why there is no endpoint; part of the API. */
  enum Reason implements io.heal8s.core.decide.Reason {
    /** No pod of the selector is ready. */
    NoReadyPod,
    /** There is no Service of that name. */
    ServiceNotFound,
    /** The Service, or the pod, has no such port. */
    PortNotFound,
    /** The host name stands for no address. */
    NameNotResolved,
    /** The address, scheme or port may not be called. */
    EndpointNotAllowed,
    /** The URL cannot be used. */
    EndpointInvalid
  }
}
