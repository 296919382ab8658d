// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import io.heal8s.core.http.secret.Secret;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * How a secret may look in what the program says: it shows texts of several lines line by line, and
 * escapes what its language or JSON needs escaped.
 */
final class SecretSpellings {

  private SecretSpellings() {}

  static List<Secret> of(String value) {
    return Stream.concat(Stream.of(value), value.lines().map(String::strip))
        .flatMap(text -> Stream.of(text, json(text), hcl(json(text)), json(json(text))))
        .filter(text -> !text.isBlank())
        .distinct()
        .map(Secret::of)
        .toList();
  }

  private static String json(String text) {
    String quoted = JsonNodeFactory.instance.stringNode(text).toString();
    return quoted.substring(1, quoted.length() - 1);
  }

  private static String hcl(String json) {
    return json.replace("${", "$${").replace("%{", "%%{");
  }
}
