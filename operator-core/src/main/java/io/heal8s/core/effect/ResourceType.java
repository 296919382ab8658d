// SPDX-License-Identifier: Apache-2.0
package io.heal8s.core.effect;

import com.google.gson.JsonObject;
import io.kubernetes.client.common.KubernetesObject;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A kind of object and where the API server serves it.
 *
 * @param group API group, empty for the core group
 * @param version served version
 * @param kind kind name
 * @param plural resource name in paths
 * @param namespaced whether its objects live in namespaces
 * @param type Java type of one object; {@link JsonObject} where no type is known
 * @param metadata reads the metadata of an object
 * @param <T> Java type of one object
 */
public record ResourceType<T>(
    String group,
    String version,
    String kind,
    String plural,
    boolean namespaced,
    Class<T> type,
    Function<T, V1ObjectMeta> metadata) {

  /** A namespaced kind with a Java type. */
  public static <T extends KubernetesObject> ResourceType<T> namespaced(
      Class<T> type, String group, String version, String kind, String plural) {
    return new ResourceType<>(
        group, version, kind, plural, true, type, KubernetesObject::getMetadata);
  }

  /** A cluster-scoped kind with a Java type. */
  public static <T extends KubernetesObject> ResourceType<T> cluster(
      Class<T> type, String group, String version, String kind, String plural) {
    return new ResourceType<>(
        group, version, kind, plural, false, type, KubernetesObject::getMetadata);
  }

  /** A kind that is known only at run time; its objects are read as plain JSON. */
  public static ResourceType<JsonObject> untyped(
      String group, String version, String kind, String plural, boolean namespaced) {
    return new ResourceType<>(
        group,
        version,
        kind,
        plural,
        namespaced,
        JsonObject.class,
        object -> WireJson.GSON.fromJson(object.get("metadata"), V1ObjectMeta.class));
  }

  /** {@code group/version}, or only the version for the core group. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** {@code plural.group}, as a CRD and {@code kubectl} name it. */
  public String resource() {
    return group.isEmpty() ? plural : plural + "." + group;
  }

  /** Key of an object of this kind. */
  public ObjectKey keyOf(T object) {
    return ObjectKey.of(metadata.apply(object));
  }

  /**
   * Path of all objects of this kind.
   *
   * @param namespace only those of this namespace; null or empty for all
   */
  public String collectionPath(@Nullable String namespace) {
    String base = group.isEmpty() ? "/api/" + version : "/apis/" + group + "/" + version;
    if (namespace == null || namespace.isEmpty() || !namespaced) {
      return base + "/" + plural;
    }
    return base + "/namespaces/" + escape(namespace) + "/" + plural;
  }

  /** Path of one object; a namespaced kind needs a key with a namespace. */
  public String path(ObjectKey key) {
    if (namespaced && key.namespace().isEmpty()) {
      throw new IllegalArgumentException(kind + " " + key.name() + " needs a namespace");
    }
    return collectionPath(key.namespace()) + "/" + escape(key.name());
  }

  // A name that came from outside must not become a different path.
  private static String escape(String segment) {
    String escaped = URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20");
    return switch (escaped) {
      case "." -> "%2E";
      case ".." -> "%2E%2E";
      default -> escaped;
    };
  }

  @Override
  public String toString() {
    return apiVersion() + " " + kind;
  }
}
