// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import io.kubernetes.client.openapi.ApiClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Applies YAML manifests by server-side apply, of any kind that the API server knows, as a GitOps
 * agent would. Namespaces and CRDs go first, and what comes after waits until the CRDs are
 * established.
 */
public final class ManifestApplier {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(50);

  private final RawApi api;
  private final String fieldManager;

  /**
   * An applier.
   *
   * @param client whose rights are used
   * @param fieldManager the name that owns the applied fields
   */
  public ManifestApplier(ApiClient client, String fieldManager) {
    this.api = new RawApi(client);
    this.fieldManager = fieldManager;
  }

  /**
   * Applies a file, or every {@code .yaml} and {@code .yml} file of a folder and its subfolders.
   *
   * @param fileOrFolder what to apply
   * @param defaultNamespace for namespaced objects that name none
   * @return how many objects were applied
   * @throws ManifestRefusedException if the API server refuses one; those before it stay applied
   */
  public int apply(Path fileOrFolder, String defaultNamespace) {
    List<Manifest> documents = new ArrayList<>();
    try (Stream<Path> files = Files.walk(fileOrFolder)) {
      for (Path file : files.filter(ManifestApplier::isYaml).sorted().toList()) {
        documents.addAll(Manifest.parse(Files.readString(file), file.toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + fileOrFolder, e);
    }
    if (documents.isEmpty()) {
      throw new IllegalArgumentException("no manifest in " + fileOrFolder);
    }
    return applyAll(documents, defaultNamespace);
  }

  /** The same for the text of one or more YAML documents, such as a chart's rendering. */
  public int applyText(String yaml, String defaultNamespace) {
    return applyAll(Manifest.parse(yaml, "the given text"), defaultNamespace);
  }

  private static boolean isYaml(Path file) {
    String name = String.valueOf(file.getFileName());
    return Files.isRegularFile(file) && (name.endsWith(".yaml") || name.endsWith(".yml"));
  }

  private int applyAll(List<Manifest> manifests, String defaultNamespace) {
    List<Manifest> ordered =
        manifests.stream().sorted(Comparator.comparingInt(ManifestApplier::rank)).toList();
    try {
      List<String> awaited = new ArrayList<>();
      for (Manifest manifest : ordered) {
        if (!manifest.isCrd()) {
          awaitEstablished(awaited);
        }
        String path = applyOne(manifest, defaultNamespace);
        if (manifest.isCrd()) {
          awaited.add(path);
        }
      }
      awaitEstablished(awaited);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while applying manifests", e);
    }
    return ordered.size();
  }

  private static int rank(Manifest manifest) {
    if (manifest.isNamespace()) {
      return 0;
    }
    return manifest.isCrd() ? 1 : 2;
  }

  private String applyOne(Manifest manifest, String defaultNamespace) throws InterruptedException {
    String namespace = manifest.namespace().isEmpty() ? defaultNamespace : manifest.namespace();
    String path = awaitCollection(manifest, namespace) + "/" + manifest.name();
    api.apply(path, manifest.body(), fieldManager);
    return path;
  }

  /** Discovery lags a moment behind a CRD that has just been established. */
  private String awaitCollection(Manifest manifest, String namespace) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    String path = api.collection(manifest.apiVersion(), manifest.kind(), namespace);
    while (path == null) {
      if (System.nanoTime() > deadline) {
        throw new IllegalArgumentException(
            "the API server knows no " + manifest.kind() + " in " + manifest.apiVersion());
      }
      Thread.sleep(POLL);
      path = api.collection(manifest.apiVersion(), manifest.kind(), namespace);
    }
    return path;
  }

  private void awaitEstablished(List<String> crds) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    for (String crd : crds) {
      while (!established(api.get(crd))) {
        if (System.nanoTime() > deadline) {
          throw new IllegalStateException(crd + " was not established");
        }
        Thread.sleep(POLL);
      }
    }
    crds.clear();
  }

  private static boolean established(@Nullable Map<String, Object> crd) {
    return crd != null
        && crd.get("status") instanceof Map<?, ?> status
        && status.get("conditions") instanceof List<?> conditions
        && conditions.stream()
            .anyMatch(
                condition ->
                    condition instanceof Map<?, ?> map
                        && "Established".equals(map.get("type"))
                        && "True".equals(map.get("status")));
  }
}
