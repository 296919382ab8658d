// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.wiring;

import io.heal8s.core.http.address.Cidr;
import io.heal8s.core.http.secret.Secret;
import io.heal8s.resource.auth.LdapDirectory;
import io.heal8s.resource.auth.OidcIssuer;
import io.heal8s.resource.secret.VaultStore;
import io.heal8s.resource.store.postgres.ConnectionSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Settings of the service, by the original's names and units.
 *
 * @param data directory of the database that comes with the service, and of what is generated
 * @param database where an own database is; null to use the one that comes with the service
 * @param minPool connections that are kept
 * @param maxPool connections at most
 * @param access who may come in
 * @param plugins which plugins there are and what they are told
 * @param outbound what may be called at addresses that users give
 * @param ldap directory of users; null for none
 * @param ldapSyncInterval time between two looks at that directory; zero to look only when asked
 * @param oidc issuer whose tokens count; null for none
 * @param vault store of secrets; null for none
 * @param corsOrigins origins whose pages may call; empty for none
 * @param opaUrl policy server that is asked before anything is stored; null for none
 * @param maxBody largest body of a request, in bytes
 */
record ResourceSettings(
    Path data,
    @Nullable ConnectionSettings database,
    int minPool,
    int maxPool,
    Access access,
    Plugins plugins,
    Outbound outbound,
    LdapDirectory.@Nullable Settings ldap,
    Duration ldapSyncInterval,
    OidcIssuer.@Nullable Settings oidc,
    VaultStore.@Nullable Settings vault,
    List<String> corsOrigins,
    @Nullable URI opaUrl,
    int maxBody) {

  private static final int LARGEST_BODY = 256 << 20;
  private static final int USUAL_BODY = 16 << 20;

  /**
   * Who may come in.
   *
   * @param open whether everybody is let in as administrator
   * @param jwtKey key of our tokens; null to generate one
   * @param tokenLifetime how long a token counts
   * @param adminName name of the first administrator; null for a generated password of {@code
   *     admin}
   * @param adminPassword of the first administrator
   */
  record Access(
      boolean open,
      @Nullable Secret jwtKey,
      Duration tokenLifetime,
      @Nullable String adminName,
      @Nullable Secret adminPassword) {}

  /**
   * Plugins.
   *
   * @param actions names of the action plugins that are enabled; empty for all but those that are
   *     off unless named
   * @param inputs names of the input plugins that are enabled; empty for the same
   * @param directory of further plugins; null for none
   * @param configs settings by plugin
   * @param secretVariables variables that resources may refer to
   * @param secretFolders folders whose files resources may refer to
   */
  record Plugins(
      List<String> actions,
      List<String> inputs,
      @Nullable Path directory,
      Map<String, Map<String, String>> configs,
      List<String> secretVariables,
      List<Path> secretFolders) {}

  /**
   * What may be called at addresses that users give: by admission webhooks and actions. The
   * addresses of other settings need no entry.
   *
   * @param allowedCidrs blocks that may be called although they are not public
   * @param ports ports that may be called
   * @param plainHttp whether http may be used beside https
   */
  record Outbound(List<Cidr> allowedCidrs, List<Integer> ports, boolean plainHttp) {}

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException with one line that names a wrong one
   */
  static ResourceSettings read(Variables variables) {
    int maxPool = variables.integer("DB_MAX_POOL_SIZE", 20, 4, 1000);
    int minPool = variables.integer("DB_MIN_POOL_SIZE", Math.min(5, maxPool), 1, maxPool);
    return new ResourceSettings(
        Path.of(variables.text("DATA_DIR", defaultData())),
        database(variables, minPool, maxPool),
        minPool,
        maxPool,
        access(variables),
        plugins(variables),
        new Outbound(
            variables.cidrs("OUTBOUND_ALLOWED_CIDRS"),
            ports(variables),
            variables.flag("OUTBOUND_PLAIN_HTTP", false)),
        ldap(variables),
        variables.seconds("LDAP_SYNC_INTERVAL", Duration.ZERO, Duration.ZERO),
        oidc(variables),
        vault(variables),
        variables.flag("CORS_ENABLED", false) ? origins(variables) : List.of(),
        variables.address("OPA_URL").orElse(null),
        variables.integer("MAX_BODY_BYTES", USUAL_BODY, 1024, LARGEST_BODY));
  }

  private static String defaultData() {
    return Path.of(System.getProperty("user.home"), ".heal8s", "resource-controller").toString();
  }

  private static @Nullable ConnectionSettings database(
      Variables variables, int minPool, int maxPool) {
    boolean named =
        variables.optional("DB_HOST").isPresent()
            || variables.optional("DB_PASSWORD").isPresent()
            || variables.optional("DB_PASSWORD_FILE").isPresent();
    if (!named) {
      return null;
    }
    Secret password =
        variables
            .secret("DB_PASSWORD")
            .filter(secret -> secret.length() > 0)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "DB_PASSWORD is empty: set it, or the file DB_PASSWORD_FILE; or leave"
                            + " DB_HOST out to use the database that comes with the service"));
    return new ConnectionSettings(
        variables.text("DB_HOST", "localhost"),
        variables.integer("DB_PORT", 5432, 1, 65535),
        variables.text("DB_NAME", "operator_controller"),
        variables.text("DB_USER", "operator"),
        password,
        minPool,
        maxPool);
  }

  private static Access access(Variables variables) {
    String admin = variables.optional("INITIAL_ADMIN_USERNAME").orElse(null);
    Secret password = variables.secret("INITIAL_ADMIN_PASSWORD").orElse(null);
    if (admin != null && password == null) {
      throw new IllegalArgumentException(
          "INITIAL_ADMIN_USERNAME is set, INITIAL_ADMIN_PASSWORD is not: set both or neither");
    }
    if (password != null && (password.length() < 8 || password.length() > 72)) {
      throw new IllegalArgumentException("INITIAL_ADMIN_PASSWORD must have 8 to 72 bytes");
    }
    return new Access(
        variables.choice("AUTH", "jwt", List.of("jwt", "none")).equals("none"),
        variables.secret("JWT_SECRET_KEY").orElse(null),
        Duration.ofHours(variables.integer("JWT_EXPIRY_HOURS", 24, 1, 24 * 365)),
        admin == null && password != null ? "admin" : admin,
        password);
  }

  private static Plugins plugins(Variables variables) {
    return new Plugins(
        variables.list("ENABLED_ACTION_PLUGINS"),
        variables.list("ENABLED_INPUT_PLUGINS"),
        variables.optional("PLUGIN_DIRECTORY").map(Path::of).orElse(null),
        configs(variables),
        variables.list("SECRET_ENV"),
        variables.list("SECRET_DIRECTORIES").stream().map(Path::of).toList());
  }

  /** Settings by plugin; the original ignored a text that was no JSON. */
  private static Map<String, Map<String, String>> configs(Variables variables) {
    String text = variables.text("PLUGIN_CONFIGS", "{}");
    JsonNode json;
    try {
      json = JsonMapper.shared().readTree(text);
    } catch (JacksonException e) {
      throw new IllegalArgumentException(
          "PLUGIN_CONFIGS is no JSON: " + e.getOriginalMessage().lines().findFirst().orElse(""), e);
    }
    boolean fits = json.isObject() && json.valueStream().allMatch(config -> config.isObject());
    if (!fits) {
      throw new IllegalArgumentException(
          "PLUGIN_CONFIGS must be an object of objects, one for each plugin");
    }
    Map<String, Map<String, String>> configs = new TreeMap<>();
    json.properties()
        .forEach(
            plugin -> {
              Map<String, String> settings = new TreeMap<>();
              plugin
                  .getValue()
                  .properties()
                  .forEach(
                      setting ->
                          settings.put(
                              setting.getKey(),
                              setting.getValue().isString()
                                  ? setting.getValue().stringValue()
                                  : setting.getValue().toString()));
              configs.put(plugin.getKey(), Map.copyOf(settings));
            });
    return Map.copyOf(configs);
  }

  private static List<Integer> ports(Variables variables) {
    List<String> ports = variables.list("OUTBOUND_PORTS");
    return ports.isEmpty()
        ? List.of(443)
        : ports.stream()
            .map(
                port -> {
                  try {
                    return Integer.valueOf(port);
                  } catch (NumberFormatException e) {
                    throw Variables.wrong("OUTBOUND_PORTS", port, "port numbers with commas");
                  }
                })
            .toList();
  }

  private static LdapDirectory.@Nullable Settings ldap(Variables variables) {
    String url = variables.optional("LDAP_URL").orElse(null);
    if (url == null) {
      return null;
    }
    String base =
        variables
            .optional("LDAP_BASE_DN")
            .orElseThrow(
                () -> new IllegalArgumentException("LDAP_URL is set, LDAP_BASE_DN is not"));
    return new LdapDirectory.Settings(
        url,
        variables.text("LDAP_BIND_DN", ""),
        variables.secret("LDAP_BIND_PASSWORD").orElse(Secret.of("")),
        base,
        variables.text("LDAP_USER_FILTER", "(objectClass=inetOrgPerson)"),
        variables.text("LDAP_ATTR_USERNAME", "uid"),
        variables.text("LDAP_ATTR_EMAIL", "mail"),
        variables.text("LDAP_ATTR_DISPLAY_NAME", "cn"));
  }

  private static OidcIssuer.@Nullable Settings oidc(Variables variables) {
    // As it is written: tokens hold the same text.
    String issuer = variables.address("OIDC_ISSUER").map(URI::toString).orElse(null);
    if (issuer == null) {
      return null;
    }
    return new OidcIssuer.Settings(
        issuer,
        variables
            .optional("OIDC_AUDIENCE")
            .orElseThrow(
                () -> new IllegalArgumentException("OIDC_ISSUER is set, OIDC_AUDIENCE is not")),
        variables.text("OIDC_USERNAME_CLAIM", "preferred_username"));
  }

  private static VaultStore.@Nullable Settings vault(Variables variables) {
    URI address = variables.address("VAULT_ADDR").orElse(null);
    if (address == null) {
      return null;
    }
    return new VaultStore.Settings(
        address,
        variables.secret("VAULT_TOKEN").orElse(Secret.of("")),
        variables.text("VAULT_NAMESPACE", ""),
        variables.text("VAULT_MOUNT", "secret"));
  }

  private static List<String> origins(Variables variables) {
    List<String> origins = variables.list("CORS_ORIGINS");
    return origins.isEmpty() ? List.of("*") : origins;
  }
}
