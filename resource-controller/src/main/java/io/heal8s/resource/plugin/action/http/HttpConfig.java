// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.http;

import io.heal8s.resource.plugin.ActionRequest;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The configuration of a resource laid over that of its type. Whoever may write a resource may not
 * read the secrets of its type, nor those that another one put into it, so neither goes where the
 * one who wrote it did not send it.
 */
final class HttpConfig {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** Headers that say how and not who: they may stay when the address changes. */
  private static final Set<String> HARMLESS =
      Set.of("accept", "accept-charset", "accept-language", "content-type", "user-agent");

  private HttpConfig() {}

  /**
   * What counts.
   *
   * @throws IllegalArgumentException when headers of the type would be sent elsewhere than to the
   *     type's own addresses
   */
  static JsonNode of(ActionRequest request) {
    JsonNode type = request.typeMetadata().path("http");
    JsonNode own = request.pluginConfig();
    JsonNode merged = merged(type, own);
    boolean lendsHeaders = !own.has("headers") && !type.path("headers").isEmpty();
    if (lendsHeaders && !origins(type, request).containsAll(origins(merged, request))) {
      throw new IllegalArgumentException(
          "plugin_config leads elsewhere than the url of the type, whose headers are sent to its own"
              + " scheme, host and port only: give headers in plugin_config, {} for none");
    }
    return merged;
  }

  private static JsonNode merged(JsonNode type, JsonNode own) {
    ObjectNode merged = JSON.createObjectNode();
    type.properties().forEach(each -> merged.set(each.getKey(), each.getValue()));
    own.properties().forEach(each -> merged.set(each.getKey(), each.getValue()));
    return merged;
  }

  /**
   * What is wrong with a change that leads headers elsewhere which somebody else may have given.
   */
  static List<String> problems(ActionRequest now, ActionRequest wanted) {
    Set<Origin> known = origins(merged(now.typeMetadata().path("http"), now.pluginConfig()), now);
    Set<Origin> asked =
        origins(merged(wanted.typeMetadata().path("http"), wanted.pluginConfig()), wanted);
    if (known.containsAll(asked)) {
      return List.of();
    }
    Map<String, String> old = texts(now.pluginConfig());
    return texts(wanted.pluginConfig()).entrySet().stream()
        .filter(each -> old.containsValue(each.getValue()))
        .map(
            each ->
                each.getKey()
                    + " was given for another scheme, host or port and is not kept for this one:"
                    + " give another value, or a reference")
        .sorted()
        .toList();
  }

  /** Values that stand in headers, by their place. */
  private static Map<String, String> texts(JsonNode config) {
    Map<String, String> texts = new HashMap<>();
    texts(config.path("headers"), "headers", texts);
    texts(config.path("destroy").path("headers"), "destroy.headers", texts);
    return texts;
  }

  private static void texts(JsonNode headers, String place, Map<String, String> into) {
    headers
        .properties()
        .forEach(
            each -> {
              String text = each.getValue().asString("");
              if (!text.isBlank() && !HARMLESS.contains(each.getKey().toLowerCase(Locale.ROOT))) {
                into.put(place + "." + each.getKey(), text);
              }
            });
  }

  /** Where calls of a configuration go; an address that cannot be called is none. */
  private static Set<Origin> origins(JsonNode config, ActionRequest about) {
    Set<Origin> origins = new HashSet<>();
    Stream.of(config.path("url"), config.path("destroy").path("url"))
        .map(url -> url.asString(""))
        .filter(url -> !url.isBlank())
        .forEach(
            url -> {
              try {
                ObjectNode only = JsonNodeFactory.instance.objectNode().put("url", url);
                origins.add(Origin.of(HttpCall.apply(only).address(about)));
              } catch (IllegalArgumentException e) {
                // Nothing is sent there: the call fails with the same words.
                return;
              }
            });
    return origins;
  }
}
