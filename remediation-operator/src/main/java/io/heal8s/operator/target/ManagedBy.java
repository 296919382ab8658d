// SPDX-License-Identifier: Apache-2.0
package io.heal8s.operator.target;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * Who would undo a direct change of an object minutes later. Judged by the marks that Argo CD, Flux
 * and Helm put on what they apply, and by a controlling owner outside apps/v1 and batch/v1.
 */
public final class ManagedBy {

  private static final String ARGO = "argocd.argoproj.io/";
  private static final String KUSTOMIZE = "kustomize.toolkit.fluxcd.io/";
  private static final String HELM_CONTROLLER = "helm.toolkit.fluxcd.io/";

  private ManagedBy() {}

  /**
   * The manager's name for people, e.g. {@code Argo CD (application shop)}, {@code Helm (release
   * shop)}, {@code Rollout api (argoproj.io/v1alpha1)}.
   *
   * @return empty when nobody but Kubernetes' own controllers manages the object
   */
  public static Optional<String> of(LiveObject object) {
    return argo(object).or(() -> flux(object)).or(() -> helm(object)).or(() -> owner(object));
  }

  private static Optional<String> argo(LiveObject object) {
    String tracking = annotation(object, ARGO + "tracking-id");
    if (!tracking.isEmpty()) {
      int colon = tracking.indexOf(':');
      return Optional.of(
          named("Argo CD", "application", colon < 0 ? "" : tracking.substring(0, colon)));
    }
    String instance = label(object, ARGO + "instance");
    if (!instance.isEmpty()) {
      return Optional.of(named("Argo CD", "application", instance));
    }
    // Helm and many others write app.kubernetes.io/instance too: alone it says nothing of Argo CD.
    boolean marked =
        keys(object, "metadata.annotations").stream().anyMatch(key -> key.startsWith(ARGO))
            || keys(object, "metadata.labels").stream().anyMatch(key -> key.startsWith(ARGO))
            || writtenBy(object, "argocd");
    return marked
        ? Optional.of(named("Argo CD", "application", label(object, "app.kubernetes.io/instance")))
        : Optional.empty();
  }

  private static Optional<String> flux(LiveObject object) {
    if (marked(object, KUSTOMIZE)) {
      return Optional.of(named("Flux", "Kustomization", fluxName(object, KUSTOMIZE)));
    }
    if (marked(object, HELM_CONTROLLER)) {
      return Optional.of(named("Flux", "HelmRelease", fluxName(object, HELM_CONTROLLER)));
    }
    return Optional.empty();
  }

  private static boolean marked(LiveObject object, String prefix) {
    return keys(object, "metadata.labels").stream().anyMatch(key -> key.startsWith(prefix))
        || keys(object, "metadata.annotations").stream().anyMatch(key -> key.startsWith(prefix));
  }

  private static String fluxName(LiveObject object, String prefix) {
    String name = label(object, prefix + "name");
    String namespace = label(object, prefix + "namespace");
    return namespace.isEmpty() || name.isEmpty() ? name : namespace + "/" + name;
  }

  private static Optional<String> helm(LiveObject object) {
    String release = annotation(object, "meta.helm.sh/release-name");
    boolean labelled = label(object, "app.kubernetes.io/managed-by").equals("Helm");
    return release.isEmpty() && !labelled
        ? Optional.empty()
        : Optional.of(named("Helm", "release", release));
  }

  private static Optional<String> owner(LiveObject object) {
    return OwnerReference.controllerOf(object)
        .filter(owner -> !owner.isBuiltIn())
        .map(owner -> owner.kind() + " " + owner.name() + " (" + owner.apiVersion() + ")");
  }

  private static String named(String manager, String what, String name) {
    return name.isEmpty() ? manager : manager + " (" + what + " " + name + ")";
  }

  private static String annotation(LiveObject object, String key) {
    return value(object, "metadata.annotations", key);
  }

  private static String label(LiveObject object, String key) {
    return value(object, "metadata.labels", key);
  }

  private static String value(LiveObject object, String map, String key) {
    return object.text(map + "[\"" + key + "\"]");
  }

  private static Set<String> keys(LiveObject object, String map) {
    return object
        .at(map)
        .filter(JsonElement::isJsonObject)
        .map(found -> ((JsonObject) found).keySet())
        .orElseGet(Set::of);
  }

  private static boolean writtenBy(LiveObject object, String manager) {
    JsonElement fields = object.at("metadata.managedFields").orElseGet(JsonArray::new);
    if (fields instanceof JsonArray entries) {
      for (JsonElement entry : entries) {
        if (entry instanceof JsonObject one
            && new LiveObject(one).text("manager").startsWith(manager)) {
          return true;
        }
      }
    }
    return false;
  }
}
