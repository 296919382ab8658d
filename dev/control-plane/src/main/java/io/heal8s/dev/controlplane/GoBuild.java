// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Builds one program into the cache. A build goes into a folder of its own that is renamed into
 * place when it is complete, so a killed build leaves nothing that looks finished.
 */
final class GoBuild {

  private static final Duration PROGRESS_EVERY = Duration.ofSeconds(20);
  private static final String UNFINISHED = ".building-";

  private final Path cache;
  private final GoProgram program;
  private final Consumer<String> progress;
  private final GoToolchain go;

  GoBuild(Path cache, GoProgram program, Consumer<String> progress, GoToolchain go) {
    this.cache = cache;
    this.program = program;
    this.progress = progress;
    this.go = go;
  }

  /** Builds unless another process did so meanwhile, and returns the program's path. */
  Path run() {
    Path finished = cache.resolve(program.cacheFolder());
    Path lockFile = cache.resolve(".lock-" + program.name());
    try (ExclusiveFile _ = ExclusiveFile.acquire(lockFile, () -> progress.accept(waiting()))) {
      if (!Files.isExecutable(finished.resolve(program.name()))) {
        removeUnfinished();
        build(finished);
      }
      return finished.resolve(program.name());
    } catch (IOException e) {
      throw new ProgramUnavailableException("cannot build " + label() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ProgramUnavailableException("interrupted while building " + label(), e);
    }
  }

  private void build(Path finished) throws IOException, InterruptedException {
    String problem = go.problem(program.module().oldestGo());
    if (problem != null) {
      throw new ProgramUnavailableException("cannot build " + label() + ": " + problem);
    }
    Path work = Files.createTempDirectory(cache, UNFINISHED + program.name() + "-");
    Path sources = work.resolve("src");
    Path output = Files.createDirectory(work.resolve("out"));
    program.module().writeTo(sources);
    long start = System.nanoTime();
    compile(sources, output.resolve(program.name()), work.resolve("build.log"), start);
    if (!program.carried().isEmpty()) {
      carry(moduleFolder(sources, work.resolve("list.log")), output);
    }
    Files.move(output, finished, StandardCopyOption.ATOMIC_MOVE);
    FileTree.delete(work);
    progress.accept("built " + label() + " in " + seconds(start) + " s");
  }

  private void compile(Path sources, Path output, Path log, long start)
      throws InterruptedException {
    progress.accept("building " + label() + " (once, about " + program.usually() + ")");
    try (ChildProcess build = run(program.buildArguments(output.toString()), sources, log)) {
      while (!build.waitFor(PROGRESS_EVERY)) {
        progress.accept(
            "building "
                + label()
                + " (once, about "
                + program.usually()
                + ") … "
                + seconds(start)
                + " s");
      }
      requireSuccess(build);
    }
  }

  /** The folder in Go's module cache that holds the files the program needs at run time. */
  private Path moduleFolder(Path sources, Path log) throws IOException, InterruptedException {
    List<String> question =
        List.of("list", "-mod=readonly", "-m", "-f", "{{.Dir}}", program.carriedFrom());
    try (ChildProcess list = run(question, sources, log)) {
      while (!list.waitFor(PROGRESS_EVERY)) {
        progress.accept("looking for the files of " + label());
      }
      requireSuccess(list);
      return Path.of(Files.readString(log, StandardCharsets.UTF_8).strip());
    }
  }

  private ChildProcess run(List<String> arguments, Path sources, Path log) {
    List<String> line = new ArrayList<>();
    line.add(Objects.requireNonNull(go.executable(), "checked before the build").toString());
    line.addAll(arguments);
    // The person's own settings for other projects must not change what is built here.
    return ChildCommand.of("go", line, sources, log)
        .with("CGO_ENABLED", program.cgo() ? "1" : "0")
        // What the linker is told to leave out need not be made for it.
        .with("GOFLAGS", "-gcflags=all=-dwarf=false")
        // A compiler lives for seconds: it may keep its garbage.
        .with("GOGC", "400")
        .with("GOWORK", "off")
        .start();
  }

  private void requireSuccess(ChildProcess process) {
    if (process.onExit().join() != 0) {
      throw new ProgramUnavailableException(
          "cannot build " + label() + ": go said\n" + process.lastLogLines(20));
    }
  }

  private void carry(Path module, Path output) throws IOException {
    for (String folder : program.carried()) {
      Path from = module.resolve(folder);
      Path to = output.resolve(from.getFileName());
      try (Stream<Path> files = Files.walk(from)) {
        for (Path file : files.toList()) {
          Path target = to.resolve(from.relativize(file).toString());
          if (Files.isDirectory(file)) {
            Files.createDirectories(target);
          } else {
            // Not copied with its attributes: Go's module cache is read-only, this one is not.
            Files.write(target, Files.readAllBytes(file));
          }
        }
      }
    }
  }

  /** What builds that were killed have left; we hold the lock, so none of it is in use. */
  private void removeUnfinished() throws IOException {
    try (Stream<Path> entries = Files.list(cache)) {
      for (Path entry : entries.toList()) {
        if (entry.getFileName().toString().startsWith(UNFINISHED + program.name() + "-")) {
          FileTree.delete(entry);
        }
      }
    }
  }

  private String waiting() {
    return "waiting for another build of " + label();
  }

  private String label() {
    return program.name() + " " + program.version();
  }

  private static long seconds(long start) {
    return Duration.ofNanos(System.nanoTime() - start).toSeconds();
  }
}
