// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A chart of this repository, rendered by helm as {@code helm install} would send it, without
 * asking any cluster. Every method gives a new chart.
 */
public final class HelmChart {
  private static final int PATIENCE_SECONDS = 60;

  private final Path helm;
  private final Path folder;
  private final String release;
  private final String namespace;
  private final List<String> settings;
  private final List<String> valuesFiles;

  private HelmChart(
      Path helm,
      Path folder,
      String release,
      String namespace,
      List<String> settings,
      List<String> valuesFiles) {
    this.helm = helm;
    this.folder = folder;
    this.release = release;
    this.namespace = namespace;
    this.settings = List.copyOf(settings);
    this.valuesFiles = List.copyOf(valuesFiles);
  }

  /**
   * A chart as release {@code heal8s} in namespace {@code heal8s-system}.
   *
   * @param folder with its Chart.yaml
   * @param programs give helm; may build it first
   */
  public static HelmChart of(Path folder, Programs programs) {
    return new HelmChart(programs.helm(), folder, "heal8s", "heal8s-system", List.of(), List.of());
  }

  /** The same chart under another release name and namespace. */
  public HelmChart release(String name, String inNamespace) {
    return new HelmChart(helm, folder, name, inNamespace, settings, valuesFiles);
  }

  /**
   * The same chart with one value set.
   *
   * @param path such as {@code serviceAccounts.operator}
   * @param value in JSON, so that its type is plain: {@code "text"}, {@code 3}, {@code ["a"]}
   */
  public HelmChart set(String path, String value) {
    return new HelmChart(
        helm, folder, release, namespace, with(settings, path + "=" + value), valuesFiles);
  }

  /** The same chart with a file of values; of two files the later one wins. */
  public HelmChart values(Path file) {
    return new HelmChart(
        helm, folder, release, namespace, settings, with(valuesFiles, file.toString()));
  }

  private static List<String> with(List<String> list, String more) {
    List<String> result = new ArrayList<>(list);
    result.add(more);
    return result;
  }

  /**
   * Renders it.
   *
   * @return the objects as YAML, those of hooks included, notes excluded
   * @throws ChartRefusedException if helm refuses chart or values; the message is helm's own
   */
  public String render() {
    List<String> line = new ArrayList<>(List.of(helm.toString(), "template", release));
    line.addAll(List.of(folder.toString(), "--namespace", namespace));
    valuesFiles.forEach(file -> line.addAll(List.of("--values", file)));
    settings.forEach(setting -> line.addAll(List.of("--set-json", setting)));
    return run(line);
  }

  /**
   * What helm says of the chart's form.
   *
   * @return helm's report
   * @throws ChartRefusedException if it finds a fault
   */
  public String lint() {
    return run(List.of(helm.toString(), "lint", "--strict", folder.toString()));
  }

  private static String run(List<String> line) {
    Path errors = null;
    try {
      errors = Files.createTempFile("helm", ".err");
      Process process = new ProcessBuilder(line).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new ChartRefusedException("helm did not end within " + PATIENCE_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new ChartRefusedException((Files.readString(errors) + output).strip());
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot run " + line.getFirst(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while helm was running", e);
    } finally {
      delete(errors);
    }
  }

  private static void delete(@Nullable Path file) {
    try {
      if (file != null) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot delete " + file, e);
    }
  }
}
