// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.github;

import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What an app asks for itself: who it is, its installation, a token. */
record AppRoutes(Accounts accounts, Hosting hosting) {

  void addTo(Routes routes) {
    routes
        .add("GET", "/app", this::app)
        .add("GET", "/repos/{owner}/{repo}/installation", this::ofRepository)
        .add("GET", "/app/installations/{installation_id}", this::installation)
        .add("POST", "/app/installations/{installation_id}/access_tokens", this::token);
  }

  private Answer app(Call call) {
    Accounts.App app = accounts.app(call.authorization()).orElseThrow();
    ObjectNode body = node().put("id", app.id()).put("slug", app.slug()).put("name", app.slug());
    body.putObject("permissions");
    return Answer.ok(body);
  }

  private Answer installation(Call call) {
    Accounts.App app = accounts.app(call.authorization()).orElseThrow();
    return call.number("installation_id") == app.installation() ? shown(app) : Answer.notFound();
  }

  private Answer ofRepository(Call call) {
    Accounts.App app = accounts.app(call.authorization()).orElseThrow();
    Caller caller = new Caller(app.slug(), app.access(), accounts.expiry());
    return hosting.find(call.path("owner"), call.path("repo"), caller).isPresent()
        ? shown(app)
        : Answer.notFound();
  }

  private static Answer shown(Accounts.App app) {
    ObjectNode body =
        node()
            .put("id", app.installation())
            .put("app_id", app.id())
            .put("app_slug", app.slug())
            .put("target_type", "Organization")
            .put("repository_selection", "selected");
    body.putObject("account").put("login", "acme");
    body.putObject("permissions");
    return Answer.ok(body);
  }

  private Answer token(Call call) {
    Accounts.App app = accounts.app(call.authorization()).orElseThrow();
    if (call.number("installation_id") != app.installation()) {
      return Answer.notFound();
    }
    return Answer.created(
        node().put("token", accounts.issue(app)).put("expires_at", Times.shown(accounts.expiry())));
  }

  private static ObjectNode node() {
    return JsonNodeFactory.instance.objectNode();
  }
}
