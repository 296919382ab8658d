// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.heal8s.resource.reconcile.EngineSettings;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The settings of the original, by their names, units and defaults. */
class SettingsTest {

  private static ResourceSettings read(Map<String, String> values) {
    return ResourceSettings.read(new Variables(values::get));
  }

  private static EngineSettings engine(Map<String, String> values) {
    return EngineVariables.read(new Variables(values::get));
  }

  @Test
  void defaultsAreTheOriginals() {
    ResourceSettings settings = read(Map.of());
    assertThat(settings.database()).as("the database that comes with it").isNull();
    assertThat(settings.minPool()).isEqualTo(5);
    assertThat(settings.maxPool()).isEqualTo(20);
    assertThat(settings.access().open()).as("somebody must log in").isFalse();
    assertThat(settings.corsOrigins()).isEmpty();
    assertThat(settings.plugins().actions()).isEmpty();
    assertThat(settings.outbound().ports()).containsExactly(443);
    EngineSettings engine = engine(Map.of());
    assertThat(engine.interval()).isEqualTo(Duration.ofSeconds(60));
    assertThat(engine.maxConcurrent()).isEqualTo(5);
    assertThat(engine.backoff().base()).isEqualTo(Duration.ofSeconds(60));
    assertThat(engine.backoff().max())
        .as("1024 minutes, as the original's document promised")
        .isEqualTo(Duration.ofMinutes(1024));
    assertThat(engine.backoff().jitter()).isEqualTo(0.1);
  }

  @Test
  void everyOneIsReadByItsName() {
    Map<String, String> values = new HashMap<>();
    values.put("DB_HOST", "db");
    values.put("DB_PORT", "5433");
    values.put("DB_NAME", "n");
    values.put("DB_USER", "u");
    values.put("DB_PASSWORD", "p");
    values.put("DB_MIN_POOL_SIZE", "2");
    values.put("DB_MAX_POOL_SIZE", "7");
    values.put("AUTH", "none");
    values.put("CORS_ENABLED", "true");
    values.put("CORS_ORIGINS", "https://a.example, https://b.example");
    values.put("ENABLED_ACTION_PLUGINS", "http , github_actions");
    values.put("ENABLED_INPUT_PLUGINS", "http");
    values.put("PLUGIN_CONFIGS", "{\"http\":{\"timeout\":5}}");
    values.put("LDAP_URL", "ldap://directory");
    values.put("LDAP_BASE_DN", "dc=example");
    values.put("LDAP_SYNC_INTERVAL", "30");
    ResourceSettings settings = read(values);
    assertThat(settings.database())
        .satisfies(
            database -> {
              assertThat(database).isNotNull();
              assertThat(database.host()).isEqualTo("db");
              assertThat(database.port()).isEqualTo(5433);
              assertThat(database.name()).isEqualTo("n");
              assertThat(database.user()).isEqualTo("u");
              assertThat(database.minPool()).isEqualTo(2);
              assertThat(database.maxPool()).isEqualTo(7);
              assertThat(database.toString()).doesNotContain("\"p\"").doesNotContain("=p,");
            });
    assertThat(settings.access().open()).isTrue();
    assertThat(settings.corsOrigins()).containsExactly("https://a.example", "https://b.example");
    assertThat(settings.plugins().actions()).containsExactly("http", "github_actions");
    assertThat(settings.plugins().inputs()).isEqualTo(List.of("http"));
    assertThat(settings.plugins().configs()).isEqualTo(Map.of("http", Map.of("timeout", "5")));
    assertThat(settings.ldapSyncInterval()).isEqualTo(Duration.ofSeconds(30));
    EngineSettings engine =
        engine(
            Map.of(
                "RECONCILE_INTERVAL", "0.5",
                "MAX_CONCURRENT_RECONCILES", "9",
                "BACKOFF_BASE_DELAY", "2",
                "BACKOFF_MAX_DELAY", "20",
                "BACKOFF_JITTER_FACTOR", "0"));
    assertThat(engine.interval()).isEqualTo(Duration.ofMillis(500));
    assertThat(engine.maxConcurrent()).isEqualTo(9);
    assertThat(engine.backoff().base()).isEqualTo(Duration.ofSeconds(2));
    assertThat(engine.backoff().max()).isEqualTo(Duration.ofSeconds(20));
    assertThat(engine.backoff().jitter()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "DB_HOST                   | db          | DB_PASSWORD is empty",
        "DB_MAX_POOL_SIZE          | 3           | DB_MAX_POOL_SIZE is '3': must be a whole number from 4",
        "DB_MIN_POOL_SIZE          | 21          | DB_MIN_POOL_SIZE is '21'",
        "RECONCILE_INTERVAL        | soon        | RECONCILE_INTERVAL is 'soon': must be a number of seconds",
        "MAX_CONCURRENT_RECONCILES | 0           | MAX_CONCURRENT_RECONCILES is '0'",
        "BACKOFF_BASE_DELAY        | -1          | BACKOFF_BASE_DELAY is '-1'",
        "BACKOFF_MAX_DELAY         | 1           | BACKOFF_MAX_DELAY is 1.0 s: must be at least BACKOFF_BASE_DELAY",
        "BACKOFF_JITTER_FACTOR     | 2           | BACKOFF_JITTER_FACTOR is '2': must be a number from 0 to 1",
        "CORS_ENABLED              | perhaps     | CORS_ENABLED is 'perhaps': must be true or false",
        "PLUGIN_CONFIGS            | {           | PLUGIN_CONFIGS is no JSON",
        "PLUGIN_CONFIGS            | []          | PLUGIN_CONFIGS must be an object of objects",
        "AUTH                      | maybe       | AUTH is 'maybe': must be jwt or none",
        "JWT_EXPIRY_HOURS          | 0           | JWT_EXPIRY_HOURS is '0'",
        "INITIAL_ADMIN_USERNAME    | robin       | INITIAL_ADMIN_USERNAME is set, INITIAL_ADMIN_PASSWORD is not",
        "INITIAL_ADMIN_PASSWORD    | short       | INITIAL_ADMIN_PASSWORD must have 8 to 72 bytes",
        "LDAP_URL                  | ldap://d    | LDAP_URL is set, LDAP_BASE_DN is not",
        "OIDC_ISSUER               | https://i   | OIDC_ISSUER is set, OIDC_AUDIENCE is not",
        "OIDC_ISSUER               | login.local | OIDC_ISSUER must be an http or https address",
        "OPA_URL                   | opa:8181    | OPA_URL must be an http or https address",
        "OPA_URL                   | http://a:b@opa/ | OPA_URL must be an http or https address without a user name",
        "VAULT_ADDR                | ftp://vault | VAULT_ADDR must be an http or https address",
        "VAULT_ADDR                | http://a b  | VAULT_ADDR must be an http or https address",
        "OUTBOUND_ALLOWED_CIDRS    | ten         | OUTBOUND_ALLOWED_CIDRS is 'ten': must be a block of addresses",
        "OUTBOUND_PORTS            | https       | OUTBOUND_PORTS is 'https': must be port numbers",
        "DB_PASSWORD_FILE          | /none/there | DB_PASSWORD_FILE is '/none/there': must be a file that can be read",
      })
  void aWrongOneIsNamedInOneLine(String name, String value, String message) {
    Map<String, String> values = Map.of(name, value);
    assertThatThrownBy(
            () -> {
              read(values);
              engine(values);
            })
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .message()
        .doesNotContain("\n");
  }
}
