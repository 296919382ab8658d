// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.http.outbound;

import io.heal8s.core.http.address.AddressPolicy;
import io.heal8s.core.http.outbound.OutboundResult.Failed;
import io.heal8s.core.http.outbound.OutboundResult.FailureKind;
import io.heal8s.core.http.outbound.RequestRules.Destination;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;

/**
 * Calls addresses that users name, without being led astray: see {@link OutboundSettings} for what
 * may be called. A name is resolved once, every address behind it is vetted, and the connection
 * goes to a vetted address with the name in Host header and certificate check. Redirects are
 * answers, proxies of the environment are not used, nothing is sent twice.
 *
 * <p>Blocks the calling thread, which may be a virtual one. Safe for any number of threads.
 */
public final class OutboundHttpClient implements AutoCloseable {
  private final OutboundSettings settings;
  private final RequestRules rules;
  private final AddressFinder finder;
  private final PinnedTransport transport;
  private final ExecutorService resolverThreads;
  private final ScheduledThreadPoolExecutor deadlines;

  /**
   * Makes a client that trusts the certificate authorities of the Java platform.
   *
   * @param settings what may be called
   */
  public OutboundHttpClient(OutboundSettings settings) {
    this(settings, NameResolver.system(), platformTrust());
  }

  /**
   * Makes a client.
   *
   * @param settings what may be called
   * @param resolver finds the addresses behind names
   * @param tls whom to trust
   */
  public OutboundHttpClient(OutboundSettings settings, NameResolver resolver, SSLContext tls) {
    this(settings, resolver, tls, true);
  }

  private OutboundHttpClient(
      OutboundSettings settings, NameResolver resolver, SSLContext tls, boolean checkNames) {
    this.settings = settings;
    this.rules = new RequestRules(settings);
    this.transport = new PinnedTransport(settings, tls, checkNames);
    this.resolverThreads = Executors.newVirtualThreadPerTaskExecutor();
    this.finder =
        new AddressFinder(resolver, new AddressPolicy(settings.allowedCidrs()), resolverThreads);
    this.deadlines =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("outbound-deadlines").factory());
    // Nearly every deadline is taken back; without this they would pile up until they are due.
    deadlines.setRemoveOnCancelPolicy(true);
  }

  /**
   * Makes a client that trusts the certificate authorities of the Java platform.
   *
   * @param settings what may be called
   * @param resolver finds the addresses behind names
   * @return the client
   */
  public static OutboundHttpClient verified(OutboundSettings settings, NameResolver resolver) {
    return new OutboundHttpClient(settings, resolver, platformTrust());
  }

  /**
   * Makes a client that believes any certificate, for receivers that somebody said so of. All other
   * rules hold.
   *
   * @param settings what may be called
   * @param resolver finds the addresses behind names
   * @return the client
   */
  public static OutboundHttpClient unverified(OutboundSettings settings, NameResolver resolver) {
    return new OutboundHttpClient(settings, resolver, AnyCertificate.context(), false);
  }

  /**
   * Sends a request.
   *
   * @param request what to send where
   * @return the answer, or why there is none; never throws
   */
  public OutboundResult send(OutboundRequest request) {
    long startedAt = System.nanoTime();
    return switch (rules.check(request)) {
      case RequestRules.Verdict.Broken(OutboundResult.Refused refused) -> refused;
      case RequestRules.Verdict.Passed(Destination destination) ->
          send(request, destination, startedAt);
    };
  }

  private OutboundResult send(OutboundRequest request, Destination destination, long startedAt) {
    try {
      return switch (finder.find(
          destination,
          request.clusterAddress().map(InetSocketAddress::getAddress),
          request.source(),
          settings.connectTimeout())) {
        case AddressFinder.Found.Nothing(OutboundResult result) -> result;
        case AddressFinder.Found.Vetted(List<InetAddress> addresses) ->
            exchange(request, destination, addresses, startedAt);
      };
    } catch (RejectedExecutionException _) {
      return new Failed(FailureKind.Interrupted, destination + ": the client is closed");
    }
  }

  private OutboundResult exchange(
      OutboundRequest request,
      Destination destination,
      List<InetAddress> addresses,
      long startedAt) {
    Failed last = null;
    for (InetAddress address : addresses) {
      Duration left =
          request.total(settings.totalTimeout()).minusNanos(System.nanoTime() - startedAt);
      if (!left.isPositive()) {
        break;
      }
      switch (attempt(new Exchange(request, destination, address, maxBytes(request)), left)) {
        case Exchange.Finished(OutboundResult result) -> {
          return result;
        }
        case Exchange.NotConnected(Failed failed) -> last = failed;
      }
    }
    return last == null
        ? new Failed(FailureKind.TimedOut, destination + ": the time was over before connecting")
        : last;
  }

  private int maxBytes(OutboundRequest request) {
    // The answer to HEAD has no body, whatever length it announces.
    return request.method().equals("HEAD") ? Integer.MAX_VALUE : settings.maxResponseBytes();
  }

  private Exchange.Attempt attempt(Exchange exchange, Duration left) {
    Future<?> deadline = deadlines.schedule(exchange::cutOff, left.toNanos(), TimeUnit.NANOSECONDS);
    try {
      return exchange.run(transport);
    } finally {
      deadline.cancel(false);
    }
  }

  /** Ends what is under way and refuses what comes. */
  @Override
  public void close() {
    deadlines.shutdownNow();
    resolverThreads.shutdownNow();
    transport.close();
  }

  private static SSLContext platformTrust() {
    try {
      return SSLContext.getDefault();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("the Java platform has no TLS", e);
    }
  }
}
