// SPDX-License-Identifier: Apache-2.0
package io.heal8s.e2e.charts;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import io.heal8s.core.http.webhook.AuthMode;
import io.heal8s.core.http.webhook.BearerSettings;
import io.heal8s.core.http.webhook.HmacSettings;
import io.heal8s.core.http.webhook.MtlsSettings;
import io.heal8s.core.http.webhook.TokenReviewSettings;
import io.heal8s.core.http.webhook.WebhookAuthSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** The names that a chart gives to environment variables are those that the services read. */
class EnvironmentTest {
  @Test
  void whoMayCallTheGateway() {
    Rendered rendered =
        Rendered.of(
            Charts.chart("alert-gateway")
                .values(Charts.FOLDER.resolve("golden/alert-gateway/everything/values.yaml"))
                .render());

    WebhookAuthSettings settings =
        binder(rendered).bind("heal8s.gateway.auth", WebhookAuthSettings.class).get();

    assertThat(settings)
        .isEqualTo(
            new WebhookAuthSettings(
                Set.of(AuthMode.BEARER, AuthMode.HMAC, AuthMode.MTLS, AuthMode.TOKEN_REVIEW),
                new BearerSettings(
                    List.of(
                        Path.of("/etc/heal8s/webhook/token"),
                        Path.of("/etc/heal8s/webhook/previous"))),
                HmacSettings.of(
                    HmacSettings.Style.GRAFANA, List.of(Path.of("/etc/heal8s/webhook/hmac"))),
                new MtlsSettings(
                    List.of("CN=alertmanager,O=monitoring", "dns:alertmanager.monitoring.svc")),
                new TokenReviewSettings(
                    List.of("heal8s"),
                    Set.of("system:serviceaccount:monitoring:alertmanager"),
                    Duration.ofSeconds(10),
                    1000)));
  }

  @Test
  void whoMayCallTheMonitor() {
    Rendered rendered =
        Rendered.of(
            Charts.chart("graphql-monitor")
                .values(Charts.FOLDER.resolve("golden/graphql-monitor/api/values.yaml"))
                .render());

    WebhookAuthSettings settings =
        binder(rendered).bind("heal8s.graphql.api.auth", WebhookAuthSettings.class).get();

    assertThat(settings.modes()).containsExactlyInAnyOrder(AuthMode.BEARER, AuthMode.TOKEN_REVIEW);
    assertThat(settings.bearer().tokenFiles())
        .containsExactly(Path.of("/etc/heal8s/api/token"), Path.of("/etc/heal8s/api/previous"));
    assertThat(settings.tokenReview().users())
        .containsExactly("system:serviceaccount:portal:portal");
  }

  @Test
  void whereTheGatewayHasRights() {
    Rendered rendered =
        Rendered.of(
            Charts.chart("alert-gateway")
                .set("rbac.namespaces", "[\"shop\", \"team-a\"]")
                .render());

    assertThat(
            binder(rendered).bind("heal8s.gateway.namespaces", Bindable.listOf(String.class)).get())
        .containsExactly("shop", "team-a", Charts.SYSTEM);
  }

  @Test
  void whereGithubIs() {
    Rendered rendered =
        Rendered.of(
            Charts.chart("github-pr-service")
                .set("github.apiUrl", "\"https://github.example.org/api/v3\"")
                .set("github.allowedCidrs", "[\"10.0.0.0/8\", \"fd00::/8\"]")
                .render());

    Binder binder = binder(rendered);
    assertThat(binder.bind("heal8s.pr.github.api-url", String.class).get())
        .isEqualTo("https://github.example.org/api/v3");
    assertThat(binder.bind("heal8s.pr.github.allowed-cidrs", Bindable.listOf(String.class)).get())
        .containsExactly("10.0.0.0/8", "fd00::/8");
  }

  @Test
  void githubSignsNoTimestamp() {
    Rendered rendered =
        Rendered.of(
            Charts.chart("alert-gateway")
                .set("webhook.auth.modes", "[\"hmac\"]")
                .set("webhook.auth.hmac.style", "\"github\"")
                .render());

    assertThat(binder(rendered).bind("heal8s.gateway.auth", WebhookAuthSettings.class).get().hmac())
        .isEqualTo(
            HmacSettings.of(
                HmacSettings.Style.GITHUB, List.of(Path.of("/etc/heal8s/webhook/hmac"))));
  }

  private static Binder binder(Rendered rendered) {
    Map<String, Object> environment = new HashMap<>();
    Doc deployment = rendered.ofKind("Deployment").findFirst().orElseThrow();
    Rendered.elements(deployment, "spec.template.spec.containers")
        .map(JsonElement::getAsJsonObject)
        .flatMap(container -> Rendered.elements(new Doc(container), "env"))
        .map(variable -> new Doc(variable.getAsJsonObject()))
        .filter(variable -> variable.at("value") != null)
        .forEach(variable -> environment.put(variable.text("name"), variable.text("value")));
    // As Spring Boot sees the environment of a process, without this one's own.
    StandardEnvironment process = new StandardEnvironment();
    process.getPropertySources().remove(StandardEnvironment.SYSTEM_PROPERTIES_PROPERTY_SOURCE_NAME);
    process
        .getPropertySources()
        .replace(
            StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME,
            new SystemEnvironmentPropertySource(
                StandardEnvironment.SYSTEM_ENVIRONMENT_PROPERTY_SOURCE_NAME, environment));
    return Binder.get(process);
  }
}
