// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.bench;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.heal8s.core.api.k8shealer.remediation.Remediation;
import io.kubernetes.client.custom.V1Patch;
import io.kubernetes.client.openapi.ApiClient;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.AppsV1Api;
import io.kubernetes.client.openapi.apis.CustomObjectsApi;
import io.kubernetes.client.openapi.models.V1Deployment;
import io.kubernetes.client.util.PatchUtils;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;

/**
 * Many Remediations, each with a target of its own, in the states in which a cluster's Remediations
 * rest: 40 % with an open pull request, 30 % waiting for an approval, 10 % stalled, 20 % ended. The
 * operator itself brings them there; only the pull requests are played.
 */
final class Population {

  /** What a Remediation is to become. */
  enum Fate {
    PULL_REQUEST,
    APPROVAL,
    STALLED,
    ENDED;

    static Fate of(int index) {
      return switch (index % 10) {
        case 0, 1, 2, 3 -> PULL_REQUEST;
        case 4, 5, 6 -> APPROVAL;
        case 7 -> STALLED;
        default -> ENDED;
      };
    }
  }

  private static final int CONNECTIONS = 32;

  private final ApiClient admin;
  private final String namespace;
  private final Gson gson = new Gson();

  Population(ApiClient admin, String namespace) {
    this.admin = admin;
    this.namespace = namespace;
  }

  /** Creates targets and Remediations. */
  void create(int count) throws InterruptedException {
    forEach(count, this::createTarget);
    forEach(count, this::createRemediation);
  }

  /** Writes what the pr service would, for every Remediation that waits for a pull request. */
  void openPullRequests(int count) throws InterruptedException {
    forEach(count, index -> Fate.of(index) == Fate.PULL_REQUEST ? openPullRequest(index) : null);
  }

  private static String name(int index) {
    return "w-%06d".formatted(index);
  }

  private Object createTarget(int index) throws ApiException {
    if (Fate.of(index) == Fate.STALLED) {
      return index;
    }
    String json =
        """
        {"metadata": {"name": "%1$s"}, "spec": {"selector": {"matchLabels": {"app": "%1$s"}},
         "template": {"metadata": {"labels": {"app": "%1$s"}}, "spec": {"containers": [{"name": "api",
         "image": "registry.example/api:1", "resources": {"limits": {"memory": "256Mi"}}}]}}}}
        """
            .formatted(name(index));
    V1Deployment deployment =
        io.kubernetes.client.openapi.JSON.deserialize(json, V1Deployment.class);
    return new AppsV1Api(admin).createNamespacedDeployment(namespace, deployment).execute();
  }

  private Object createRemediation(int index) throws ApiException {
    Fate fate = Fate.of(index);
    String strategy =
        switch (fate) {
          case APPROVAL -> "{\"mode\": \"Direct\", \"requireApproval\": true}";
          case ENDED -> "{\"mode\": \"Direct\", \"ttl\": \"1s\"}";
          case PULL_REQUEST, STALLED -> "{\"mode\": \"GitOps\"}";
        };
    String json =
        """
        {"apiVersion": "%s", "kind": "Remediation", "metadata": {"name": "rem-%s"},
         "spec": {"alert": {"name": "KubePodOOMKilled", "fingerprint": "%2$s", "source": "alertmanager",
         "severity": "critical"}, "target": {"kind": "Deployment", "name": "%2$s", "namespace": "%s",
         "container": "api"}, "action": {"type": "IncreaseMemory"}, "strategy": %s}}
        """
            .formatted(Remediation.API_VERSION, name(index), namespace, strategy);
    return new CustomObjectsApi(admin)
        .createNamespacedCustomObject(
            Remediation.GROUP,
            Remediation.VERSION,
            namespace,
            Remediation.PLURAL,
            gson.fromJson(json, JsonObject.class))
        .execute();
  }

  private Object openPullRequest(int index) throws ApiException {
    String json =
        """
        {"apiVersion": "%s", "kind": "Remediation", "metadata": {"name": "rem-%s"},
         "status": {"prNumber": %d, "prUrl": "https://forge.example/%3$d",
         "pullRequest": {"state": "Open", "forge": "git", "branch": "heal8s/increase-memory/%2$s",
         "openedAt": "2026-01-01T00:00:00Z"},
         "conditions": [{"type": "PullRequestOpen", "status": "True", "reason": "Open", "message": "",
         "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
        """
            .formatted(Remediation.API_VERSION, name(index), index);
    return PatchUtils.patch(
        Object.class,
        () ->
            new CustomObjectsApi(admin)
                .patchNamespacedCustomObjectStatus(
                    Remediation.GROUP,
                    Remediation.VERSION,
                    namespace,
                    Remediation.PLURAL,
                    "rem-" + name(index),
                    new V1Patch(json))
                .fieldManager("heal8s-github-pr-service")
                .force(true)
                .buildCall(null),
        V1Patch.PATCH_FORMAT_APPLY_YAML,
        admin);
  }

  @FunctionalInterface
  private interface ApiStep {
    @org.jspecify.annotations.Nullable
    Object run(int index) throws ApiException;
  }

  private void forEach(int count, ApiStep step) throws InterruptedException {
    Semaphore connections = new Semaphore(CONNECTIONS);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Object>> runs =
          IntStream.range(0, count)
              .mapToObj(index -> threads.submit(() -> limited(connections, index, step)))
              .toList();
      for (Future<Object> run : runs) {
        run.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot populate the cluster: " + message(e.getCause()), e);
    }
  }

  private static Object limited(Semaphore connections, int index, ApiStep step) throws Exception {
    connections.acquire();
    try {
      step.run(index);
      return index;
    } finally {
      connections.release();
    }
  }

  private static String message(@org.jspecify.annotations.Nullable Throwable cause) {
    return cause instanceof ApiException e ? e.getCode() + " " + e.getResponseBody() : "" + cause;
  }
}
