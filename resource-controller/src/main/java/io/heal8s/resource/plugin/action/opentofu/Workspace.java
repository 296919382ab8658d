// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.plugin.action.opentofu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The private directory of one run: nobody else on the machine may look in, and it is removed. */
final class Workspace implements AutoCloseable {

  static final String PLAN = "heal8s.plan";
  private static final String LOCK = ".terraform.lock.hcl";
  static final String LEFT_STATE = "errored.tfstate";
  private static final Logger log = LoggerFactory.getLogger(Workspace.class);

  /** Whatever a module says, its state is here; an override file is merged over the rest. */
  private static final String BACKEND = "{\"terraform\":{\"backend\":{\"http\":{}}}}\n";

  private static final FileAttribute<Set<PosixFilePermission>> OWNER =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path folder;
  private volatile boolean kept;

  private Workspace(Path folder) {
    this.folder = folder;
  }

  /** Makes one below a directory, which is made as well. */
  static Workspace below(Path work) {
    try {
      Files.createDirectories(work);
      Path folder = Files.createTempDirectory(work, LeftWorkspaces.prefix(), OWNER);
      for (String name : List.of("code", "home", "tmp")) {
        Files.createDirectory(folder.resolve(name));
      }
      return new Workspace(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("work_directory " + work + " cannot be written to", e);
    }
  }

  Path code() {
    return folder.resolve("code");
  }

  Path home() {
    return folder.resolve("home");
  }

  /** File for what the program says. */
  Path output() {
    return folder.resolve("output");
  }

  Path temporary() {
    return folder.resolve("tmp");
  }

  /** Puts everything in place. */
  void fill(Inputs inputs) {
    inputs.files().forEach(this::write);
    write("heal8s_backend_override.tf.json", BACKEND);
    write("heal8s.auto.tfvars.json", inputs.variables().toString());
  }

  void write(String name, String text) {
    try {
      Path file = code().resolve(name);
      Files.createDirectories(parent(file));
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path parent(Path file) {
    Path parent = file.getParent();
    return parent == null ? file : parent;
  }

  void plan(byte[] file, String dependencyLock) {
    try {
      Files.write(code().resolve(PLAN), file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (!dependencyLock.isEmpty()) {
      write(LOCK, dependencyLock);
    }
  }

  /** Size of the plan's file, in bytes. */
  long planSize() {
    try {
      return Files.size(code().resolve(PLAN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] plan() {
    try {
      return Files.readAllBytes(code().resolve(PLAN));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Which providers were chosen; empty for none. */
  String dependencyLock() {
    try {
      Path file = code().resolve(LOCK);
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The state that the program could not store and left beside its code, if it did. */
  Optional<Path> leftState() {
    return Optional.of(code().resolve(LEFT_STATE)).filter(Files::exists);
  }

  /** Lets it be there for a person. */
  void keep() {
    kept = true;
  }

  @Override
  public void close() {
    if (kept) {
      return;
    }
    remove(folder);
  }

  static void remove(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    } catch (IOException | UncheckedIOException e) {
      log.warn("{} could not be removed; it may hold secrets", folder, e);
    }
  }

  /**
   * All that a plan is made of.
   *
   * @param files texts by path
   * @param variables values by name, with those of secrets
   */
  record Inputs(Map<String, String> files, ObjectNode variables) {

    private static final int MOST_FILES = 1_000;
    private static final long LARGEST = 8 << 20;

    /**
     * The texts of a module and those that lie beside it.
     *
     * @throws IllegalArgumentException when the module is not there, or no text
     */
    static Map<String, String> files(Path modules, String module, Map<String, String> beside) {
      Map<String, String> files = new TreeMap<>();
      long sum = 0;
      try {
        Path folder = modules.resolve(module).toRealPath();
        if (!folder.startsWith(modules.toRealPath())) {
          throw new IllegalArgumentException("the module " + module + " lies outside of modules");
        }
        try (Stream<Path> found = Files.walk(folder, 8, new FileVisitOption[0])) {
          for (Path each :
              found.filter(Files::isRegularFile).limit(MOST_FILES + 1L).sorted().toList()) {
            sum += Files.size(each);
            if (files.size() == MOST_FILES || sum > LARGEST) {
              throw new IllegalArgumentException(
                  "the module %s has more than %d files, or more than 8 MiB"
                      .formatted(module, MOST_FILES));
            }
            files.put(
                folder.relativize(each).toString(), Files.readString(each, StandardCharsets.UTF_8));
          }
        }
      } catch (IOException e) {
        throw new IllegalArgumentException("the module " + module + " cannot be read", e);
      }
      files.putAll(beside);
      return files;
    }

    /** Leaves the values out. */
    @Override
    public String toString() {
      return "Inputs" + files.keySet();
    }
  }
}
