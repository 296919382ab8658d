// SPDX-License-Identifier: Apache-2.0
package io.heal8s.pr.forge.git;

import io.heal8s.core.decide.PullRequestReason;
import io.heal8s.pr.intent.Reply;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.transport.URIish;

/**
 * Where a repository is.
 *
 * @param uri as JGit wants it
 * @param scheme file, ssh, https or http
 */
record RemoteAddress(URIish uri, String scheme) {

  /** Reads an address; a path is a file, {@code user@host:path} is ssh. */
  static Reply<RemoteAddress> parse(String text, Set<String> schemes) {
    URIish uri;
    try {
      uri = new URIish(text);
    } catch (URISyntaxException e) {
      return wrong("'" + text + "' is no address that git understands");
    }
    if (uri.getPass() != null) {
      return wrong(
          "the address of "
              + uri.getHost()
              + " carries a password; mount it as credentials and name those in the policy");
    }
    String scheme = uri.getScheme();
    if (scheme == null) {
      scheme = uri.getHost() == null ? "file" : "ssh";
    }
    scheme = scheme.toLowerCase(Locale.ROOT);
    if (!schemes.contains(scheme)) {
      return wrong(
          "addresses of scheme '%s' are not allowed here (heal8s.pr.git.schemes: %s)"
              .formatted(scheme, new TreeSet<>(schemes)));
    }
    return new Reply.Known<>(new RemoteAddress(uri, scheme));
  }

  /** Whether a password is sent to whoever answers there. */
  boolean isHttp() {
    return scheme.equals("http") || scheme.equals("https");
  }

  /** The address without user and password. */
  String shown() {
    return uri.setUser(null).setPass(null).toString();
  }

  private static Reply<RemoteAddress> wrong(String message) {
    return new Reply.Wrong<>(
        PullRequestReason.RepositoryInvalid,
        message + "; correct repository in the policy's repositories");
  }
}
