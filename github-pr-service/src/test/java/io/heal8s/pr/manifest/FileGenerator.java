// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.manifest;

import io.heal8s.core.api.k8shealer.remediation.Change;
import io.heal8s.core.api.k8shealer.remediation.Change.ValueType;
import io.heal8s.pr.manifest.TextWriter.SharedText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Makes up manifests in the ways people write them: any indentation, lists indented or not, block,
 * flow and JSON, every kind of quotes, comments and blank lines anywhere, anchors and merge keys,
 * several documents, lists of objects, Windows line ends, byte order marks, missing final breaks.
 */
final class FileGenerator {

  private static final String[] MEMORY = {"64Mi", "128Mi", "256Mi", "1Gi", "0.5Gi", "134217728"};

  private final Random random;
  private final List<Change> changes = new ArrayList<>();
  private boolean shared;
  private @Nullable Map<String, Object> lastResources;
  private @Nullable String lastLimit;
  private @Nullable String lastRequest;
  private @Nullable SharedText lastImage;

  private FileGenerator(Random random) {
    this.random = random;
  }

  static GeneratedFile generate(Random random) {
    return new FileGenerator(random).file();
  }

  private GeneratedFile file() {
    int documents = 1 + random.nextInt(3);
    int target = random.nextInt(documents);
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < documents; i++) {
      Map<String, Object> object =
          i == target ? workload("api") : chance(3) ? workload("other-" + i) : configMap(i);
      Map<String, Object> written = i == target && chance(5) ? list(object) : object;
      TextWriter writer = new TextWriter(random, written);
      shared |= i == target && writer.hasShared();
      String text = writer.write(written);
      texts.add(text);
    }
    String text = joined(texts);
    if (chance(4)) {
      text = text.replace("\n", "\r\n");
    }
    if (chance(6)) {
      text = text.stripTrailing();
    }
    if (chance(8)) {
      text = "\uFEFF" + text;
    }
    return new GeneratedFile(
        text,
        new DocumentIdentity("apps/v1", "Deployment", chance(2) ? "shop" : null, "api"),
        changes(),
        shared);
  }

  private String joined(List<String> texts) {
    StringBuilder file = new StringBuilder();
    if (chance(10)) {
      file.append("%YAML 1.1\n---\n");
    } else if (chance(3)) {
      file.append("---\n");
    }
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        file.append(chance(6) ? "...\n---\n" : chance(4) ? "--- # next\n" : "---\n");
      }
      file.append(texts.get(i));
    }
    return file.toString();
  }

  /** Between one and four changes of different fields of the target, chosen when it was built. */
  private List<Change> changes() {
    List<Change> chosen = new ArrayList<>(changes);
    Collections.shuffle(chosen, random);
    return List.copyOf(chosen.subList(0, 1 + random.nextInt(Math.min(4, chosen.size()))));
  }

  private Map<String, Object> workload(String name) {
    boolean target = name.equals("api");
    Map<String, Object> metadata = new LinkedHashMap<>();
    metadata.put("name", name);
    if (chance(2)) {
      metadata.put("namespace", "shop");
    }
    if (chance(3)) {
      metadata.put("annotations", texts());
    }
    Map<String, Object> spec = new LinkedHashMap<>();
    if (chance(2)) {
      spec.put("replicas", 1 + random.nextInt(5));
    }
    if (target) {
      change("spec.replicas", spec.get("replicas"), 7, ValueType.integer);
    }
    spec.put("selector", one("matchLabels", one("app", name)));
    Map<String, Object> base = chance(6) ? base() : null;
    forget();
    List<Object> containers = new ArrayList<>();
    int count = 1 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      containers.add(container(name, i, target, base));
    }
    Map<String, Object> pod = new LinkedHashMap<>();
    if (chance(4)) {
      pod.put("initContainers", List.of(container(name, 9, false, null)));
    }
    pod.put("containers", containers);
    spec.put("template", one("spec", pod));
    Map<String, Object> object = new LinkedHashMap<>();
    if (base != null) {
      object.put(TextWriter.BASE, base);
    }
    object.put("apiVersion", "apps/v1");
    object.put("kind", "Deployment");
    object.put("metadata", metadata);
    object.put("spec", spec);
    return object;
  }

  private Map<String, Object> container(
      String name, int number, boolean target, @Nullable Map<String, Object> base) {
    Map<String, Object> container = new LinkedHashMap<>();
    String own = name + "-" + number;
    if (base != null && chance(2)) {
      container.put("<<", base);
      container.put("name", own);
      if (target) {
        String path = "spec.template.spec.containers[name=" + own + "]";
        change(path + ".image", "base:1", "base:2", ValueType.string);
        change(path + ".resources.limits.memory", "128Mi", "3Gi", ValueType.string);
        change(path + ".resources.requests.memory", null, "2Gi", ValueType.string);
      }
      return container;
    }
    container.put("name", own);
    String image = "registry.example/" + name + ":1." + random.nextInt(20);
    if (lastImage != null && chance(5)) {
      image = lastImage.text();
      container.put("image", lastImage);
    } else {
      lastImage = new SharedText(image);
      container.put("image", lastImage);
    }
    if (chance(3)) {
      container.put("command", List.of("sh", "-c", "echo \"hi\" # no comment: 'x'"));
    }
    if (chance(3)) {
      container.put("env", List.of(texts(), texts()));
    }
    String path = "spec.template.spec.containers[name=" + own + "]";
    if (target) {
      change(path + ".image", image, image + "-fixed", ValueType.string);
    }
    resources(container, path, target);
    if (chance(4)) {
      container.put("script", TextWriter.SCRIPT);
    }
    return container;
  }

  private void resources(Map<String, Object> container, String path, boolean target) {
    @Nullable String limit = null;
    @Nullable String request = null;
    switch (random.nextInt(8)) {
      case 0 -> {}
      case 1 -> container.put("resources", TextWriter.NOTHING);
      case 2 -> container.put("resources", new LinkedHashMap<String, Object>());
      case 3 -> {
        if (lastResources != null) {
          container.put("resources", lastResources);
          limit = lastLimit;
          request = lastRequest;
        }
      }
      case 4 -> {
        // Guaranteed: the requests are the limits.
        Map<String, Object> resources = new LinkedHashMap<>();
        container.put("resources", resources);
        limit = quantities(resources, "limits");
        request = limit;
        resources.put("requests", resources.get("limits"));
        lastResources = resources;
        lastLimit = limit;
        lastRequest = request;
      }
      default -> {
        Map<String, Object> resources = new LinkedHashMap<>();
        container.put("resources", resources);
        if (chance(2)) {
          request = quantities(resources, "requests");
        }
        limit = quantities(resources, "limits");
        lastResources = resources;
        lastLimit = limit;
        lastRequest = request;
      }
    }
    if (target) {
      change(path + ".resources.limits.memory", limit, "3Gi", ValueType.string);
      change(path + ".resources.requests.memory", request, "2Gi", ValueType.string);
    }
  }

  private @Nullable String quantities(Map<String, Object> resources, String key) {
    Map<String, Object> quantities = new LinkedHashMap<>();
    @Nullable String memory = null;
    if (chance(2)) {
      quantities.put("cpu", chance(2) ? "100m" : random.nextInt(1, 4));
    }
    if (!chance(4)) {
      memory = MEMORY[random.nextInt(MEMORY.length)];
      quantities.put("memory", memory);
    }
    if (chance(5)) {
      quantities.put("ephemeral-storage", "1Gi");
    }
    resources.put(key, quantities);
    return memory;
  }

  private Map<String, Object> base() {
    Map<String, Object> base = two("image", "base:1", "tty", "no");
    base.put("resources", one("limits", two("cpu", 1, "memory", "128Mi")));
    return base;
  }

  private Map<String, Object> texts() {
    Map<String, Object> texts = new LinkedHashMap<>();
    texts.put("name", "KEY_" + random.nextInt(9));
    texts.put("value", TextWriter.TEXTS[random.nextInt(TextWriter.TEXTS.length)]);
    return texts;
  }

  private Map<String, Object> configMap(int number) {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("apiVersion", "v1");
    object.put("kind", "ConfigMap");
    object.put("metadata", one("name", "config-" + number));
    object.put("data", two("script", TextWriter.SCRIPT, "memory", "64Mi"));
    return object;
  }

  private Map<String, Object> list(Map<String, Object> object) {
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("apiVersion", "v1");
    list.put("kind", "List");
    list.put("items", chance(2) ? List.of(configMap(8), object) : List.of(object, configMap(8)));
    return list;
  }

  /** Anchors end with their document. */
  private void forget() {
    lastResources = null;
    lastImage = null;
  }

  private void change(String path, @Nullable Object before, Object after, ValueType type) {
    changes.add(Change.of(path, before == null ? null : before.toString(), after.toString(), type));
  }

  /** Keeps its order, so that a seed gives the same file on every machine. */
  private static Map<String, Object> one(String key, Object value) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put(key, value);
    return map;
  }

  private static Map<String, Object> two(String key, Object value, String next, Object other) {
    Map<String, Object> map = one(key, value);
    map.put(next, other);
    return map;
  }

  private boolean chance(int oneIn) {
    return random.nextInt(oneIn) == 0;
  }
}
