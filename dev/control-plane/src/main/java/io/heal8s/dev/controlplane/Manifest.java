// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import com.google.gson.Gson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/**
 * One object to apply.
 *
 * @param apiVersion as written
 * @param kind as written
 * @param name of the object
 * @param namespace as written; empty if it names none
 * @param body what is sent: the document's own text, because the API server reads YAML by rules of
 *     its own (0644 is octal there, and 644 elsewhere)
 */
record Manifest(String apiVersion, String kind, String name, String namespace, String body) {

  // YAML lets no content start a line with it, so the text can be cut there unparsed.
  private static final Pattern DOCUMENT_END = Pattern.compile("(?m)^---(?=\\s|$)");

  /**
   * The objects of a YAML stream; the items of a List are objects of their own.
   *
   * @param origin for messages
   * @throws IllegalArgumentException if a document is no Kubernetes object
   */
  static List<Manifest> parse(String yaml, String origin) {
    List<Manifest> manifests = new ArrayList<>();
    Load load = new Load(LoadSettings.builder().setLabel(origin).build());
    for (String text : DOCUMENT_END.split(yaml, -1)) {
      Object document = load.loadFromString(text);
      if (document != null) {
        add(document, text, origin, manifests);
      }
    }
    return manifests;
  }

  private static void add(Object document, String body, String origin, List<Manifest> manifests) {
    if (!(document instanceof Map<?, ?> object)
        || !(object.get("kind") instanceof String kind)
        || !(object.get("apiVersion") instanceof String apiVersion)) {
      throw new IllegalArgumentException(origin + " holds a document that is no Kubernetes object");
    }
    if (kind.endsWith("List") && object.get("items") instanceof List<?> items) {
      Gson gson = new Gson();
      for (Object item : items) {
        add(item, gson.toJson(item), origin, manifests);
      }
      return;
    }
    if (!(object.get("metadata") instanceof Map<?, ?> metadata)
        || !(metadata.get("name") instanceof String name)) {
      throw new IllegalArgumentException(origin + " holds a " + kind + " without metadata.name");
    }
    String namespace = Objects.toString(metadata.get("namespace"), "");
    manifests.add(new Manifest(apiVersion, kind, name, namespace, body));
  }

  boolean isNamespace() {
    return kind.equals("Namespace");
  }

  boolean isCrd() {
    return kind.equals("CustomResourceDefinition");
  }
}
