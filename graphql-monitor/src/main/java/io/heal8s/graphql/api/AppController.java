// SPDX-License-Identifier: Apache-2.0
package io.heal8s.graphql.api;

import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.heal8s.core.api.kco.targetapp.TargetAppStatus.State;
import io.heal8s.core.effect.ObjectKey;
import io.heal8s.graphql.app.TargetApps;
import io.heal8s.graphql.poll.Fleet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.graphql.data.method.annotation.Argument;
import org.springframework.graphql.data.method.annotation.QueryMapping;
import org.springframework.graphql.data.method.annotation.SchemaMapping;
import org.springframework.graphql.data.method.annotation.SubscriptionMapping;
import org.springframework.stereotype.Controller;

/** Answers the fields of the schema that have arguments or ask somebody. */
@Controller
public final class AppController {

  private static final int MOST_APPS = 500;
  private static final int MOST_CHANGES = 1000;
  private static final int MOST_REMEDIATIONS = 100;

  private final TargetApps apps;
  private final Fleet fleet;
  private final ChangeLog changes;
  private final RemediationList remediations;

  /** Answers from these. */
  public AppController(
      TargetApps apps, Fleet fleet, ChangeLog changes, RemediationList remediations) {
    this.apps = apps;
    this.fleet = fleet;
    this.changes = changes;
    this.remediations = remediations;
  }

  /** The schema's {@code TargetAppConnection}. */
  public record Connection(List<AppView> nodes, PageInfo pageInfo, int totalCount) {}

  /** The schema's {@code PageInfo}. */
  public record PageInfo(boolean hasNextPage, @Nullable String endCursor) {}

  /** One page. */
  @QueryMapping
  public Connection targetApps(
      @Argument @Nullable String namespace,
      @Argument @Nullable State state,
      @Argument int first,
      @Argument @Nullable String after) {
    int size = within(first, MOST_APPS);
    List<TargetApp> found = apps.in(namespace);
    if (state != null) {
      found = found.stream().filter(app -> AppView.stateOf(app) == state).toList();
    }
    AppPage page = AppPage.of(found, size, after);
    return new Connection(
        page.apps().stream().map(this::view).toList(),
        new PageInfo(page.hasNextPage(), page.endCursor()),
        page.total());
  }

  /** One of them. */
  @QueryMapping
  public @Nullable AppView targetApp(@Argument String namespace, @Argument String name) {
    TargetApp app = apps.get(new ObjectKey(namespace, name));
    return app == null ? null : view(app);
  }

  private AppView view(TargetApp app) {
    ObjectKey key = ObjectKey.of(app.getMetadata());
    boolean here = fleet.polls(key);
    return new AppView(app, here, here ? fleet.lastPolled(key) : null);
  }

  /** Its last changes. */
  @SchemaMapping(typeName = "TargetApp")
  public List<ToldChange> history(AppView app, @Argument int first) {
    return changes.of(app.app(), within(first, MOST_CHANGES));
  }

  /** What it asked for. */
  @SchemaMapping(typeName = "TargetApp")
  public List<RemediationList.View> remediations(AppView app, @Argument int first) {
    return remediations.of(app.app(), within(first, MOST_REMEDIATIONS));
  }

  /** Changes from now on. */
  @SubscriptionMapping
  public Publisher<ToldChange> changes(
      @Argument @Nullable String namespace, @Argument @Nullable String name) {
    return changes.changes(namespace, name);
  }

  private static int within(int first, int most) {
    if (first < 1 || first > most) {
      throw RefusedException.wrong("first is " + first + ": write 1 to " + most);
    }
    return first;
  }
}
