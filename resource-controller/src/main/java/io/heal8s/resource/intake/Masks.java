// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.intake;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Hides what looks like a secret in a plugin configuration: whatever lies under a name that says
 * so, however deep. A reference to a secret is shown; what is hidden and comes back hidden keeps
 * its value.
 */
public final class Masks {

  /** What stands for a hidden value. */
  public static final String HIDDEN = "***";

  /** Letters and digits of names; {@code X-Api-Key} and {@code api_key} are one. */
  private static final Set<String> SECRET_WORDS =
      Set.of(
          "accesskey",
          "apikey",
          "authorization",
          "connectionstring",
          "cookie",
          "credential",
          "passphrase",
          "passwd",
          "password",
          "privatekey",
          "pwd",
          "secret",
          "token");

  /** How names end under which Kubernetes has the name of a secret and not the secret. */
  private static final Set<String> KUBERNETES_REFERENCES =
      Set.of(
          "secretname",
          "secretref",
          "secretkeyref",
          "imagepullsecrets",
          "automountserviceaccounttoken");

  private static final Set<String> REFERENCES = Set.of("env:", "file:", "vault:", "kubernetes:");

  private Masks() {}

  /** The same with secrets hidden. */
  public static JsonNode hidden(JsonNode config) {
    return hidden(config, false);
  }

  /** The same for a type, whose manifests say much in numbers and with true and false. */
  public static JsonNode hiddenOfType(JsonNode metadata) {
    return withPlain(hidden(metadata), metadata);
  }

  /** What was hidden, with its numbers and truth values shown again. */
  private static JsonNode withPlain(JsonNode shown, JsonNode whole) {
    if (whole instanceof ObjectNode object) {
      ObjectNode plain = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              entry ->
                  plain.set(
                      entry.getKey(), withPlain(shown.path(entry.getKey()), entry.getValue())));
      return plain;
    }
    if (whole instanceof ArrayNode array) {
      ArrayNode plain = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < array.size(); i++) {
        plain.add(withPlain(shown.path(i), array.path(i)));
      }
      return plain;
    }
    return whole.isNumber() || whole.isBoolean() ? whole : shown;
  }

  private static JsonNode hidden(JsonNode value, boolean secret) {
    if (value instanceof ObjectNode object) {
      ObjectNode shown = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              entry ->
                  shown.set(
                      entry.getKey(), hidden(entry.getValue(), isBelow(secret, entry.getKey()))));
      return shown;
    }
    if (value instanceof ArrayNode array) {
      ArrayNode shown = JsonNodeFactory.instance.arrayNode();
      array.forEach(element -> shown.add(hidden(element, secret)));
      return shown;
    }
    return secret && !value.isNull() && !isReference(value)
        ? JsonNodeFactory.instance.stringNode(HIDDEN)
        : value;
  }

  /**
   * What of a request goes back to its sender: the same without the texts of secrets. A schema that
   * describes a secret has an object under its name and is left whole.
   */
  public static JsonNode echoed(JsonNode sent) {
    if (!(sent instanceof ObjectNode object)) {
      return sent;
    }
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    object
        .properties()
        .forEach(
            entry ->
                shown.set(
                    entry.getKey(),
                    entry.getValue().isString()
                        ? hidden(entry.getValue(), isSecret(entry.getKey()))
                        : echoed(entry.getValue())));
    return shown;
  }

  /** The same with what comes back hidden as it is stored. */
  public static JsonNode restored(JsonNode config, JsonNode stored) {
    return restored(config, stored, false);
  }

  private static JsonNode restored(JsonNode given, JsonNode stored, boolean secret) {
    if (given instanceof ObjectNode object) {
      ObjectNode whole = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(
              entry ->
                  whole.set(
                      entry.getKey(),
                      restored(
                          entry.getValue(),
                          stored.path(entry.getKey()),
                          isBelow(secret, entry.getKey()))));
      return whole;
    }
    if (given instanceof ArrayNode array) {
      ArrayNode whole = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < array.size(); i++) {
        whole.add(restored(array.path(i), counterpart(array, i, stored, secret), secret));
      }
      return whole;
    }
    return secret && given.asString("").equals(HIDDEN) && stored.isValueNode() ? stored : given;
  }

  /**
   * Where something under the name of a secret is hidden that no stored value stands behind.
   *
   * @return the place of the first one, dotted, an element of a list by its number; empty for none
   */
  public static Optional<String> stillHidden(JsonNode config) {
    return stillHidden(config, false);
  }

  private static Optional<String> stillHidden(JsonNode value, boolean secret) {
    if (value instanceof ObjectNode object) {
      return object
          .propertyStream()
          .flatMap(
              entry ->
                  stillHidden(entry.getValue(), isBelow(secret, entry.getKey()))
                      .map(rest -> below(entry.getKey(), rest))
                      .stream())
          .findFirst();
    }
    if (value instanceof ArrayNode array) {
      return IntStream.range(0, array.size())
          .boxed()
          .flatMap(
              at ->
                  stillHidden(array.path(at), secret)
                      .map(rest -> below(Integer.toString(at), rest))
                      .stream())
          .findFirst();
    }
    return secret && value.asString("").equals(HIDDEN) ? Optional.of("") : Optional.empty();
  }

  private static String below(String name, String rest) {
    return rest.isEmpty() ? name : name + "." + rest;
  }

  /**
   * The stored element that an element was made from: the one that looks the same, else, in a list
   * that is as long as before, the one in its place. No element gets the secret of one that looks
   * different.
   */
  private static JsonNode counterpart(ArrayNode given, int at, JsonNode stored, boolean secret) {
    JsonNode element = given.path(at);
    boolean unmoved = isShown(stored.path(at), element, secret);
    return unmoved
        ? stored.path(at)
        : IntStream.range(0, stored.size())
            .mapToObj(stored::path)
            .filter(other -> isShown(other, element, secret))
            .findFirst()
            .orElseGet(
                () -> stored.size() == given.size() ? stored.path(at) : MissingNode.getInstance());
  }

  /** Whether an element is what is shown of a stored one, in a resource or in a type. */
  private static boolean isShown(JsonNode stored, JsonNode element, boolean secret) {
    JsonNode shown = hidden(stored, secret);
    return shown.equals(element) || withPlain(shown, stored).equals(element);
  }

  /** Whether what lies under a name is a secret. */
  private static boolean isBelow(boolean secret, String name) {
    return isSecret(name) || secret && !isKubernetesReference(letters(name));
  }

  private static boolean isKubernetesReference(String letters) {
    return KUBERNETES_REFERENCES.stream().anyMatch(letters::endsWith);
  }

  private static String letters(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  /** Whether a name says that its value is a secret, and not only where that is. */
  public static boolean isSecret(String name) {
    String letters = letters(name);
    return !isKubernetesReference(letters) && SECRET_WORDS.stream().anyMatch(letters::contains);
  }

  private static boolean isReference(JsonNode value) {
    return value.isString() && REFERENCES.stream().anyMatch(value.stringValue()::startsWith);
  }
}
