// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import io.heal8s.resource.access.SystemPermission;
import io.heal8s.resource.plugin.PluginInfo;
import io.heal8s.resource.plugin.discovery.PluginCatalog;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Comparator;
import java.util.stream.Stream;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The plugins of this process. */
@RestController
@RequestMapping("/api/v1/plugins")
public final class PluginController {

  private final PluginCatalog plugins;

  public PluginController(PluginCatalog plugins) {
    this.plugins = plugins;
  }

  @GetMapping("/actions")
  ResponseEntity<JsonNode> actions(HttpServletRequest request) {
    Callers.require(request, SystemPermission.VIEW_PLUGINS);
    return answer(plugins.actions().values().stream().map(plugin -> plugin.info()));
  }

  @GetMapping("/inputs")
  ResponseEntity<JsonNode> inputs(HttpServletRequest request) {
    Callers.require(request, SystemPermission.VIEW_PLUGINS);
    return answer(plugins.inputs().values().stream().map(plugin -> plugin.info()));
  }

  private static ResponseEntity<JsonNode> answer(Stream<PluginInfo> plugins) {
    ArrayNode list = JsonNodeFactory.instance.arrayNode();
    plugins
        .sorted(Comparator.comparing(PluginInfo::name))
        .forEach(info -> list.addObject().put("name", info.name()).put("version", info.version()));
    return ResponseEntity.ok(list);
  }
}
