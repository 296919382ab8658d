// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.outbound.OutboundHttpClient;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.access.IdempotencyStore;
import io.heal8s.resource.access.RoleStore;
import io.heal8s.resource.access.UserStore;
import io.heal8s.resource.access.WebhookStore;
import io.heal8s.resource.auth.Authentication;
import io.heal8s.resource.auth.CheckGate;
import io.heal8s.resource.auth.DirectorySync;
import io.heal8s.resource.auth.DirectorySyncTimer;
import io.heal8s.resource.auth.FirstAdmin;
import io.heal8s.resource.auth.LdapDirectory;
import io.heal8s.resource.auth.LoginThrottle;
import io.heal8s.resource.auth.Logins;
import io.heal8s.resource.auth.OidcIssuer;
import io.heal8s.resource.auth.Passwords;
import io.heal8s.resource.auth.TokenAuthentication;
import io.heal8s.resource.auth.Tokens;
import io.heal8s.resource.store.postgres.Database;
import io.heal8s.resource.store.postgres.JdbcIdempotencyStore;
import io.heal8s.resource.store.postgres.JdbcRoleStore;
import io.heal8s.resource.store.postgres.JdbcUserStore;
import io.heal8s.resource.store.postgres.JdbcWebhookStore;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may come in. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

  private static final Logger log = LoggerFactory.getLogger(AccessConfiguration.class);
  private static final Duration FOR_A_PLACE = Duration.ofSeconds(2);
  private static final int DIRECTORY_PLACES = 8;

  @Bean
  UserStore userStore(Database database) {
    return new JdbcUserStore(database);
  }

  @Bean
  RoleStore roleStore(Database database) {
    return new JdbcRoleStore(database);
  }

  @Bean
  WebhookStore webhookStore(Database database) {
    return new JdbcWebhookStore(database);
  }

  @Bean
  IdempotencyStore idempotencyStore(Database database) {
    return new JdbcIdempotencyStore(database);
  }

  @Bean
  Passwords passwords() {
    return new Passwords();
  }

  @Bean
  GeneratedSecrets generatedSecrets(ResourceSettings settings) {
    return new GeneratedSecrets(settings.data(), new SecureRandom());
  }

  @Bean
  Directories directories(ResourceSettings settings, UserStore users) {
    if (settings.ldap() == null) {
      return new Directories(Optional.empty(), Optional.empty());
    }
    LdapDirectory directory = new LdapDirectory(settings.ldap());
    return new Directories(
        Optional.of(directory), Optional.of(new DirectorySync(directory, users)));
  }

  @Bean
  DirectoryTimer directoryTimer(ResourceSettings settings, Directories directories) {
    Duration interval = settings.ldapSyncInterval();
    return new DirectoryTimer(
        directories
            .sync()
            .filter(sync -> !interval.isZero())
            .map(sync -> new DirectorySyncTimer(sync, interval)));
  }

  @Bean
  Entrance entrance(
      ResourceSettings settings,
      GeneratedSecrets generated,
      UserStore users,
      Passwords passwords,
      Directories directories,
      OutboundHttpClient client,
      Clock clock) {
    ResourceSettings.Access access = settings.access();
    if (access.open()) {
      log.warn("AUTH=none: whoever reaches this service is its administrator");
      return new Entrance(Authentication.NONE, Optional.empty());
    }
    Tokens tokens = new Tokens(key(access, generated), access.tokenLifetime(), clock);
    OidcIssuer issuer =
        settings.oidc() == null ? null : new OidcIssuer(settings.oidc(), client, users, clock);
    ensureAdmin(access, generated, users, passwords);
    return new Entrance(
        new TokenAuthentication(tokens, issuer, users),
        Optional.of(
            new Logins(
                users,
                passwords,
                tokens,
                directories.directory().orElse(null),
                new LoginThrottle(clock),
                // Half of the processors at most: the rest is for what the service is for.
                new CheckGate(
                    Math.max(1, Runtime.getRuntime().availableProcessors() / 2), FOR_A_PLACE),
                new CheckGate(DIRECTORY_PLACES, FOR_A_PLACE))));
  }

  private static Secret key(ResourceSettings.Access access, GeneratedSecrets generated) {
    if (access.jwtKey() != null) {
      return access.jwtKey();
    }
    log.warn(
        "no JWT_SECRET_KEY: one is generated and kept in {}; several processes need the same one",
        generated.file("jwt-secret-key"));
    return generated.of("jwt-secret-key");
  }

  private static void ensureAdmin(
      ResourceSettings.Access access,
      GeneratedSecrets generated,
      UserStore users,
      Passwords passwords) {
    FirstAdmin first = new FirstAdmin(users, passwords);
    if (access.adminPassword() != null) {
      first.ensure(access.adminName(), access.adminPassword());
    } else if (users.count() == 0) {
      first.ensure("admin", generated.of("initial-admin-password"));
      log.warn(
          "there was no user: the password of admin is in {}",
          generated.file("initial-admin-password"));
    }
  }

  /**
   * The directory of users.
   *
   * @param directory empty for none
   * @param sync empty for none
   */
  record Directories(Optional<LdapDirectory> directory, Optional<DirectorySync> sync) {}

  /**
   * What asks the directory from time to time.
   *
   * @param timer empty where nobody wants that
   */
  record DirectoryTimer(Optional<DirectorySyncTimer> timer) implements AutoCloseable {
    @Override
    public void close() {
      timer.ifPresent(DirectorySyncTimer::close);
    }
  }

  /**
   * How callers come in.
   *
   * @param authentication who they are
   * @param logins empty where nobody needs to log in
   */
  record Entrance(Authentication authentication, Optional<Logins> logins) {}
}
