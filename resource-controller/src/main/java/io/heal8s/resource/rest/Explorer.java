// SPDX-License-Identifier: Apache-2.0
package io.heal8s.resource.rest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The page to try the interface with.
 *
 * @param html the page
 * @param policy what a browser may run of it: its own script and style, told by their hashes, and
 *     nothing that somebody smuggled in
 */
record Explorer(String html, String policy) {

  static Explorer load() {
    try (InputStream in = Explorer.class.getResourceAsStream("explorer.html")) {
      String html =
          new String(
              Objects.requireNonNull(in, "explorer.html").readAllBytes(), StandardCharsets.UTF_8);
      return new Explorer(
          html,
          "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none';"
              + " connect-src 'self'; script-src %s; style-src %s"
                  .formatted(hash(html, "script"), hash(html, "style")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hash of the one block of that name, as a policy writes it. */
  private static String hash(String html, String element) {
    Matcher block =
        Pattern.compile("<%1$s>(.*?)</%1$s>".formatted(element), Pattern.DOTALL).matcher(html);
    if (!block.find()) {
      throw new IllegalStateException("the page has no " + element);
    }
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256")
              .digest(block.group(1).getBytes(StandardCharsets.UTF_8));
      return "'sha256-" + Base64.getEncoder().encodeToString(hash) + "'";
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
