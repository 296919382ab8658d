// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.heal8s.core.api.kco.targetapp.TargetApp;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/** Many TargetApps, each with an endpoint of its own, that want pods restarted when unhealthy. */
final class AppPopulation {

  private static final int CONNECTIONS = 32;

  private final ApiClient admin;
  private final String namespace;
  private final Gson gson = new Gson();

  AppPopulation(ApiClient admin, String namespace) {
    this.admin = admin;
    this.namespace = namespace;
  }

  static String name(int index) {
    return "app-%06d".formatted(index);
  }

  void create(int count, int interval, PlayedApps apps) throws InterruptedException {
    Semaphore connections = new Semaphore(CONNECTIONS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Object>> runs =
          IntStream.range(0, count)
              .mapToObj(
                  index ->
                      threads.submit(
                          () -> {
                            connections.acquire();
                            try {
                              return create(index, interval, apps.url(index));
                            } finally {
                              connections.release();
                            }
                          }))
              .toList();
      for (Future<Object> run : runs) {
        run.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot create the TargetApps: " + e.getCause(), e);
    }
  }

  private Object create(int index, int interval, String url) throws Exception {
    String json =
        """
        {"apiVersion": "%s", "kind": "TargetApp", "metadata": {"name": "%s"},
         "spec": {"graphqlEndpoint": "%s", "pollingInterval": %d,
         "stateQuery": "{application{health version replicas queue{depth oldestSeconds}}}",
         "actions": [{"trigger": {"field": "application.health", "condition": "equals",
         "value": "unhealthy"}, "action": "restart_pod",
         "parameters": {"podSelector": {"app": "%2$s"}}}]}}
        """
            .formatted(TargetApp.API_VERSION, name(index), url, interval);
    return new CustomObjectsApi(admin)
        .createNamespacedCustomObject(
            TargetApp.GROUP,
            TargetApp.VERSION,
            namespace,
            TargetApp.PLURAL,
            gson.fromJson(json, JsonObject.class))
        .execute();
  }
}
