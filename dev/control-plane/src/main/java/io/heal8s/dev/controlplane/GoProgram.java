// SPDX-License-Identifier: Apache-2.0
package io.heal8s.dev.controlplane;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A program that is built from a pinned Go module, once per machine.
 *
 * @param name file name of the program
 * @param version as people know it, for messages and the name of its folder in the cache
 * @param module what it is built from
 * @param packagePath the Go package with its {@code main}; {@code .} for the module's own
 * @param linkerVariables {@code package.variable=value} set at link time
 * @param tags Go build tags
 * @param cgo whether it needs a C compiler
 * @param carried folders of {@code carriedFrom} that the program needs at run time, copied beside
 *     it
 * @param carriedFrom path of the Go module that {@code carried} lies in; empty if nothing is
 *     carried
 * @param usually how long a first build takes on two cores, for the progress line
 */
public record GoProgram(
    String name,
    String version,
    GoModule module,
    String packagePath,
    List<String> linkerVariables,
    List<String> tags,
    boolean cgo,
    String carriedFrom,
    List<String> carried,
    String usually) {

  /** Copies what it is given. */
  public GoProgram {
    linkerVariables = List.copyOf(linkerVariables);
    tags = List.copyOf(tags);
    carried = List.copyOf(carried);
  }

  /** A program of a module of one's own, with nothing set at link time and no C. */
  public static GoProgram of(String name, String version, GoModule module, String packagePath) {
    return new GoProgram(
        name, version, module, packagePath, List.of(), List.of(), false, "", List.of(), "1 min");
  }

  GoProgram withLinkerVariables(String... variables) {
    return new GoProgram(
        name,
        version,
        module,
        packagePath,
        List.of(variables),
        tags,
        cgo,
        carriedFrom,
        carried,
        usually);
  }

  GoProgram withTags(String... more) {
    return new GoProgram(
        name,
        version,
        module,
        packagePath,
        linkerVariables,
        List.of(more),
        cgo,
        carriedFrom,
        carried,
        usually);
  }

  GoProgram withCgo() {
    return new GoProgram(
        name,
        version,
        module,
        packagePath,
        linkerVariables,
        tags,
        true,
        carriedFrom,
        carried,
        usually);
  }

  GoProgram carrying(String fromModule, String... folders) {
    return new GoProgram(
        name,
        version,
        module,
        packagePath,
        linkerVariables,
        tags,
        cgo,
        fromModule,
        List.of(folders),
        usually);
  }

  GoProgram usually(String duration) {
    return new GoProgram(
        name,
        version,
        module,
        packagePath,
        linkerVariables,
        tags,
        cgo,
        carriedFrom,
        carried,
        duration);
  }

  /** The arguments of {@code go} that build it into {@code output}. */
  List<String> buildArguments(String output) {
    StringBuilder linker = new StringBuilder("-s -w");
    linkerVariables.forEach(variable -> linker.append(" -X ").append(variable));
    return List.of(
        "build",
        "-mod=readonly",
        "-buildvcs=false",
        "-trimpath",
        "-tags=" + String.join(",", tags),
        "-ldflags=" + linker,
        "-o",
        output,
        packagePath);
  }

  /** Name of its folder in the cache: one per set of sources, flags and kind of machine. */
  String cacheFolder() {
    try {
      MessageDigest hash = MessageDigest.getInstance("SHA-256");
      module.files().forEach((file, text) -> update(hash, file, text));
      update(hash, buildArguments("").toArray(String[]::new));
      update(hash, Boolean.toString(cgo), carriedFrom, String.join(",", carried));
      update(hash, machine());
      String digest = HexFormat.of().formatHex(hash.digest(), 0, 6);
      return name + "-" + version + "-" + digest;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }

  private static void update(MessageDigest hash, String... parts) {
    for (String part : parts) {
      hash.update(part.getBytes(StandardCharsets.UTF_8));
      hash.update((byte) 0);
    }
  }

  private static String machine() {
    return (System.getProperty("os.name") + "/" + System.getProperty("os.arch"))
        .toLowerCase(Locale.ROOT);
  }
}
