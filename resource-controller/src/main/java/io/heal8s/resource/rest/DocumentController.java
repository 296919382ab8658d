// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import tools.jackson.databind.JsonNode;

/**
 * The OpenAPI document and a page to try it. Public: they tell nothing that the source does not.
 */
@RestController
public final class DocumentController {

  private final OpenApiDocument document;
  private final Supplier<Map<RequestMappingInfo, HandlerMethod>> served;
  private final Explorer page = Explorer.load();

  /** Makes it; the supplier tells what is served. */
  public DocumentController(
      OpenApiDocument document, Supplier<Map<RequestMappingInfo, HandlerMethod>> served) {
    this.document = document;
    this.served = served;
  }

  @GetMapping("/openapi.json")
  ResponseEntity<JsonNode> openApi() {
    return ResponseEntity.ok(document.of(served.get()));
  }

  /** At both addresses where the original had a page. */
  @GetMapping({"/docs", "/redoc"})
  ResponseEntity<byte[]> explorer() {
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType("text/html;charset=UTF-8"))
        .header("Content-Security-Policy", page.policy())
        .header("X-Content-Type-Options", "nosniff")
        .header("Referrer-Policy", "no-referrer")
        .body(page.html().getBytes(StandardCharsets.UTF_8));
  }
}
