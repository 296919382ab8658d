// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.app;

import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.Header;
import io.heal8s.core.api.kco.targetapp.Selector;
import io.heal8s.core.api.kco.targetapp.Subscription;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec.Poll;
import io.heal8s.core.api.kco.targetapp.TargetAppSpec.Scheme;
import io.heal8s.core.api.kco.targetapp.Tls;
import io.heal8s.core.decide.naming.StableHash;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.core.effect.WireJson;
import io.heal8s.core.runtime.Scheduler;
import io.heal8s.graphql.endpoint.EndpointReference;
import io.heal8s.graphql.endpoint.PortReference;
import io.heal8s.graphql.exchange.HttpCall;
import io.heal8s.graphql.intent.PollDefaults;
import io.heal8s.graphql.poll.Setup;
import io.heal8s.graphql.poll.SetupSource;
import io.heal8s.graphql.trigger.TriggerJudge;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/** Makes of each spec how its app is polled, and again when the spec or a named Secret changes. */
public final class TargetAppSetups implements SetupSource {

  private static final Duration SECRETS_AGAIN = Duration.ofMinutes(5);
  private static final Duration LONGEST_KEPT = Duration.ofSeconds(90);

  private final TargetApps apps;
  private final Predicate<ObjectKey> mine;
  private final SecretReader secrets;
  private final TlsMaterial tls;
  private final SSLSocketFactory platformTls;
  private final PollDefaults defaults;
  private final Scheduler scheduler;

  /**
   * @param mine whether this process polls that app
   */
  public TargetAppSetups(
      TargetApps apps,
      Predicate<ObjectKey> mine,
      io.heal8s.core.effect.KubernetesReader reader,
      TlsMaterial tls,
      SSLSocketFactory platformTls,
      PollDefaults defaults,
      Scheduler scheduler) {
    this.apps = apps;
    this.mine = mine;
    this.secrets = new SecretReader(reader);
    this.tls = tls;
    this.platformTls = platformTls;
    this.defaults = defaults;
    this.scheduler = scheduler;
  }

  @Override
  public Setup of(ObjectKey key, @Nullable Setup known) {
    TargetApp app = apps.living(key);
    if (app == null || !mine.test(key)) {
      return Setup.GONE;
    }
    String version = app.getMetadata().getUid() + "/" + app.getMetadata().getGeneration();
    if (known instanceof Setup.Ready ready
        && ready.version().startsWith(version + "/")
        && scheduler.nanos() < ready.goodUntil()) {
      return known;
    }
    TargetAppSpec spec = app.spec();
    if (spec == null) {
      return new Setup.Blocked(
          version, AppReason.InvalidSpec, "spec is missing: set stateQuery and an endpoint", true);
    }
    try {
      return ready(key, spec, version);
    } catch (CannotPoll why) {
      return known instanceof Setup.Ready ready
              && why.passing
              && ready.version().startsWith(version + "/")
          ? ready
          : new Setup.Blocked(
              version + "/" + why.getMessage(),
              why.reason,
              Objects.requireNonNull(why.getMessage()),
              !why.passing);
    }
  }

  private Setup ready(ObjectKey key, TargetAppSpec spec, String version) throws CannotPoll {
    refuseWhatIsNotThere(spec);
    StableHash material = new StableHash();
    Map<String, String> headers = headers(key.namespace(), spec, material);
    SSLSocketFactory encryption = encryption(key.namespace(), spec.tls(), material);
    String connectionInit = connectionInit(key.namespace(), spec.subscription(), material);
    boolean usesSecrets = spec.tls() != null || !headers.isEmpty() || connectionInit != null;
    Duration interval = defaults.intervalOf(spec);
    JsonObject body = new JsonObject();
    body.addProperty("query", spec.stateQuery());
    if (spec.variables() != null && !spec.variables().isEmpty()) {
      body.add("variables", WireJson.GSON.toJsonTree(spec.variables()));
    }
    return new Setup.Ready(
        version + "/" + (usesSecrets ? material.hex(16) : ""),
        usesSecrets ? scheduler.nanos() + SECRETS_AGAIN.toNanos() : Long.MAX_VALUE,
        reference(key, spec),
        spec.subscription() == null ? null : spec.subscription().protocol(),
        new HttpCall(
            body.toString().getBytes(StandardCharsets.UTF_8),
            headers,
            interval.compareTo(LONGEST_KEPT) <= 0,
            connectionInit),
        encryption,
        interval,
        defaults.timeoutOf(spec),
        defaults.maxRetriesOf(spec),
        spec.actionsOrEmpty().stream().anyMatch(TriggerJudge::dependsOnTime));
  }

  // Watching something else than what was asked for would be worse than saying so.
  private static void refuseWhatIsNotThere(TargetAppSpec spec) throws CannotPoll {
    if (spec.subscription() != null && spec.subscription().protocol() == null) {
      throw new CannotPoll(
          AppReason.UnsupportedValue,
          "subscription.protocol is none that this release knows: write graphql-ws or sse",
          false);
    }
    if (spec.subscription() != null && spec.poll() == Poll.all) {
      throw new CannotPoll(
          AppReason.UnsupportedValue,
          "a subscription is told by one pod: leave poll: all out, or leave subscription out and"
              + " write stateQuery as a query",
          false);
    }
  }

  static EndpointReference reference(ObjectKey key, TargetAppSpec spec) throws CannotPoll {
    String endpoint = Objects.requireNonNullElse(spec.graphqlEndpoint(), "/graphql");
    if (EndpointReference.isUrl(endpoint)) {
      return new EndpointReference.Url(key.namespace(), endpoint);
    }
    boolean encrypted = spec.scheme() == Scheme.https;
    PortReference port = port(spec.port());
    String path = EndpointReference.path(endpoint);
    String serverName = spec.tls() == null ? null : spec.tls().serverName();
    if (spec.service() != null) {
      return new EndpointReference.Service(
          key.namespace(), spec.service().name(), port, encrypted, serverName, path);
    }
    Selector selector = spec.selector();
    if (selector == null || selector.matchLabels() == null || selector.matchLabels().isEmpty()) {
      throw new CannotPoll(
          AppReason.InvalidSpec,
          "an empty selector means every pod of the namespace: set selector.matchLabels, a service,"
              + " or an absolute URL as graphqlEndpoint",
          false);
    }
    return new EndpointReference.Pods(
        key.namespace(),
        selector.matchLabels(),
        port,
        encrypted,
        serverName,
        path,
        spec.poll() == Poll.all);
  }

  private static @Nullable PortReference port(@Nullable Object port) {
    return switch (port) {
      case null -> null;
      case Number number -> new PortReference.Number(number.intValue());
      default -> PortReference.of(port.toString());
    };
  }

  private Map<String, String> headers(String namespace, TargetAppSpec spec, StableHash material)
      throws CannotPoll {
    Map<String, String> headers = new LinkedHashMap<>();
    List<Header> given = Objects.requireNonNullElse(spec.headers(), List.of());
    for (Header header : given) {
      String value = value(namespace, header);
      if (!HttpCall.isHeaderValue(value) || HttpCall.isOurs(header.name())) {
        throw new CannotPoll(
            AppReason.InvalidSpec,
            "header "
                + header.name()
                + " cannot be sent: it is the client's own, or its value has"
                + " characters that no header may have",
            false);
      }
      headers.put(header.name(), value);
      material.text(header.name()).text(value);
    }
    return headers;
  }

  // What a browser cannot send as a header many servers take in the first message.
  private @Nullable String connectionInit(
      String namespace, @Nullable Subscription subscription, StableHash material)
      throws CannotPoll {
    if (subscription == null || subscription.connectionInitOrEmpty().isEmpty()) {
      return null;
    }
    JsonObject payload = new JsonObject();
    for (Header entry : subscription.connectionInitOrEmpty()) {
      String value = value(namespace, entry);
      payload.addProperty(entry.name(), value);
      material.text("connectionInit").text(entry.name()).text(value);
    }
    return payload.toString();
  }

  private String value(String namespace, Header given) throws CannotPoll {
    return given.secret() == null
        ? Objects.requireNonNullElse(given.value(), "")
        : text(secret(namespace, given.secret().name(), given.secret().key())).strip();
  }

  private SSLSocketFactory encryption(String namespace, @Nullable Tls wanted, StableHash material)
      throws CannotPoll {
    if (wanted == null || (wanted.ca() == null && wanted.clientCertificate() == null)) {
      return platformTls;
    }
    String ca =
        wanted.ca() == null ? null : text(secret(namespace, wanted.ca().name(), wanted.ca().key()));
    String certificate = null;
    String privateKey = null;
    if (wanted.clientCertificate() != null) {
      certificate = text(secret(namespace, wanted.clientCertificate().name(), "tls.crt"));
      privateKey = text(secret(namespace, wanted.clientCertificate().name(), "tls.key"));
    }
    material.text(ca).text(certificate).text(privateKey);
    try {
      return tls.make(ca, certificate, privateKey);
    } catch (GeneralSecurityException malformed) {
      throw new CannotPoll(
          AppReason.SecretNotReadable,
          "a Secret named under tls holds no certificates or key in PEM",
          false);
    }
  }

  private byte[] secret(String namespace, String name, String key) throws CannotPoll {
    return switch (secrets.read(namespace, name, key)) {
      case SecretReader.Entry.Value(byte[] bytes) -> bytes;
      case SecretReader.Entry.Missing(String message) ->
          throw new CannotPoll(AppReason.SecretNotReadable, message, false);
      case SecretReader.Entry.Unknown _ ->
          throw new CannotPoll(
              AppReason.SecretNotReadable, "Secret " + name + " cannot be read now", true);
    };
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Why a spec gives no setup. */
  static final class CannotPoll extends Exception {
    private static final long serialVersionUID = 1L;
    private final transient io.heal8s.core.decide.Reason reason;
    private final boolean passing;

    CannotPoll(io.heal8s.core.decide.Reason reason, String message, boolean passing) {
      super(message, null, false, false);
      this.reason = reason;
      this.passing = passing;
    }
  }
}
